package io.aipanel.service.audit;

import io.aipanel.domain.audit.AuditEvent;
import io.aipanel.domain.audit.Hash;
import io.aipanel.domain.audit.InclusionProof;

/**
 * An event, and the proof that it is in the log.
 *
 * @param event the event
 * @param leaf its hash
 * @param proof leads from the hash to the root
 * @param root the root of the tree of the proof's size, which a checkpoint of that size names
 */
public record ProvenEvent(AuditEvent event, Hash leaf, InclusionProof proof, Hash root) {}
