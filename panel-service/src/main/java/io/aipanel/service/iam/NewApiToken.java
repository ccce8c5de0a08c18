package io.aipanel.service.iam;

import io.aipanel.domain.Secret;
import io.aipanel.domain.iam.ApiToken;

/**
 * A token that was just made.
 *
 * @param token what is known about it from now on
 * @param secret the token itself; it is not stored and cannot be had again
 */
public record NewApiToken(ApiToken token, Secret secret) {}
