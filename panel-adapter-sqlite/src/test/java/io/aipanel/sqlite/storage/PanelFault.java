package io.aipanel.sqlite.storage;

import io.aipanel.domain.Cursor;
import io.aipanel.domain.Page;
import io.aipanel.domain.PageRequest;
import io.aipanel.domain.Text;
import io.aipanel.domain.hosting.Site;
import io.aipanel.domain.hosting.SiteFilter;
import io.aipanel.domain.iam.ApiToken;
import io.aipanel.domain.iam.User;
import io.aipanel.domain.iam.UserId;
import io.aipanel.domain.settings.SettingName;
import io.aipanel.domain.settings.StoredSetting;
import io.aipanel.ports.hosting.HostingRepository;
import io.aipanel.ports.hosting.SiteListContract;
import io.aipanel.ports.iam.ApiTokenContract;
import io.aipanel.ports.iam.IamRepository;
import io.aipanel.ports.iam.IamSamples;
import io.aipanel.ports.iam.LoginThrottleContract;
import io.aipanel.ports.iam.UserChangeContract;
import io.aipanel.ports.iam.UserContract;
import io.aipanel.ports.iam.UserListContract;
import io.aipanel.ports.settings.SettingsRepository;
import io.aipanel.ports.storage.AlreadyExists;
import io.aipanel.ports.storage.ClosedStorageContract;
import io.aipanel.ports.storage.PanelTransaction;
import io.aipanel.ports.storage.Storage;
import io.aipanel.ports.storage.StoreContract;
import io.aipanel.ports.storage.StoreUnavailable;
import io.aipanel.ports.storage.TimeContract;
import io.aipanel.ports.storage.TransactionContract;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Mistakes about users, sites, settings and transactions. */
enum PanelFault implements Fault {
    IGNORES_THE_VERSION(UserChangeContract.class, "anUpdateWithAStaleVersionIsRefused", "a stale version loses") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "updateUser", arguments -> {
                User user = (User) arguments[0];
                long present = sound.user(user.id()).map(User::version).orElse(1L);
                return sound.updateUser(IamSamples.atVersion(user, present));
            });
        }
    },
    SWALLOWS_THAT_SOMETHING_IS_TAKEN(UserContract.class, "aTakenAddressIsRefused", "a taken address is refused") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "addUser", arguments -> {
                try {
                    return sound.addUser((User) arguments[0]);
                } catch (AlreadyExists e) {
                    return arguments[0];
                }
            });
        }
    },
    COUNTS_THE_VERSION_UP_AT_A_LOGIN(
            UserChangeContract.class, "aLoginIsNotedAndLeavesTheVersion", "a login leaves the version") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "recordLogin", arguments -> {
                sound.recordLogin((UserId) arguments[0], (Instant) arguments[1]);
                return sound.user((UserId) arguments[0]).flatMap(sound::updateUser);
            });
        }
    },
    DROPS_THE_LAST_ITEM_OF_A_PAGE(
            UserListContract.class, "pagesOfUsersGiveEachOnceWithAllRoles", "only the last page is short") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "users", arguments -> {
                Page<User> page = sound.users((PageRequest) arguments[0]);
                return page.next().isEmpty()
                        ? page
                        : new Page<>(page.items().subList(0, page.items().size() - 1), page.next());
            });
        }
    },
    GIVES_A_CURSOR_OUT_TWICE(
            UserListContract.class, "pagesOfUsersGiveEachOnceWithAllRoles", "a cursor is given out once") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "users", arguments -> {
                PageRequest request = (PageRequest) arguments[0];
                Page<User> page = sound.users(request);
                return page.next().isEmpty() || request.after().isEmpty()
                        ? page
                        : new Page<>(page.items(), request.after());
            });
        }
    },
    ENDS_A_LIST_WITH_AN_EMPTY_PAGE(
            UserListContract.class, "pagesOfUsersGiveEachOnceWithAllRoles", "a page that fits exactly is the last") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "users", arguments -> {
                Page<User> page = sound.users((PageRequest) arguments[0]);
                boolean full = page.items().size() == ((PageRequest) arguments[0]).limit();
                return full
                        ? new Page<>(
                                page.items(),
                                Optional.of(Cursor.of(page.items()
                                        .get(page.items().size() - 1)
                                        .email()
                                        .value())))
                        : page;
            });
        }
    },
    FOLDS_CASE_IN_AN_ORDER(
            ApiTokenContract.class,
            "tokensComeInCodePointOrderOfTheirName",
            "tokens come in code point order of their name") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return sortedTokens(sound, String.CASE_INSENSITIVE_ORDER);
        }
    },
    ORDERS_BY_UTF16_UNITS(
            ApiTokenContract.class,
            "tokensComeInCodePointOrderOfTheirName",
            "tokens come in code point order of their name") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return sortedTokens(sound, Comparator.naturalOrder());
        }
    },
    FORGIVES_NOTHING(
            LoginThrottleContract.class,
            "aForgivenAttemptClearsTheAccount",
            "fewer failures than allowed let another attempt pass") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "forgiveLoginAttempt", arguments -> null);
        }
    },
    ROUNDS_NANOSECONDS(
            TimeContract.class, "nanosecondsAreCutAndNeverRounded", "nanoseconds are cut and never rounded") {
        @Override
        public IamRepository iam(IamRepository sound) {
            return Replaced.method(IamRepository.class, sound, "recordLogin", arguments -> {
                sound.recordLogin((UserId) arguments[0], ((Instant) arguments[1]).plusNanos(500));
                return null;
            });
        }
    },
    KEEPS_ONLY_MILLISECONDS(
            TimeContract.class, "everyTimeOfThePanelStoreIsKeptToTheMicrosecond", "times are kept to the microsecond") {
        @Override
        public SettingsRepository settings(SettingsRepository sound) {
            return Replaced.method(SettingsRepository.class, sound, "put", arguments -> {
                StoredSetting given = (StoredSetting) arguments[0];
                Instant cut = given.updatedAt().truncatedTo(ChronoUnit.MILLIS);
                return sound.put(new StoredSetting(given.name(), given.value(), given.secret(), cut));
            });
        }
    },
    TAKES_THE_UNDERSCORE_FOR_A_WILDCARD(
            SiteListContract.class, "aSearchKnowsNoWildcards", "a search knows no wildcards: _") {
        @Override
        public HostingRepository hosting(HostingRepository sound) {
            return Replaced.method(HostingRepository.class, sound, "sites", arguments -> {
                SiteFilter filter = (SiteFilter) arguments[0];
                Pattern like = Pattern.compile(
                        Pattern.quote(filter.search().orElse("")).replace("_", "\\E.\\Q"));
                List<Site> sites = sound
                        .sites(new SiteFilter(filter.owner(), Optional.empty()), PageRequest.first(1000))
                        .items()
                        .stream()
                        .filter(site -> like.matcher(site.hostName().value()).find())
                        .toList();
                return new Page<>(sites, Optional.empty());
            });
        }
    },
    REPORTS_A_CLOSED_STORE_AS_ABSENCE(
            ClosedStorageContract.class,
            "settingsOfAClosedStorageAreNotAbsentButUnavailable",
            "a closed store says that it is closed") {
        @Override
        public SettingsRepository settings(SettingsRepository sound) {
            return Replaced.method(SettingsRepository.class, sound, "setting", arguments -> {
                try {
                    return sound.setting((SettingName) arguments[0]);
                } catch (StoreUnavailable e) {
                    return Optional.empty();
                }
            });
        }
    },
    ROLLS_BACK_NOTHING(
            TransactionContract.class,
            "whatTheWorkThrowsIsThrownAndNothingIsChanged",
            "a failed transaction rolls back everything") {
        @Override
        public <T> T write(Storage sound, Function<? super PanelTransaction, ? extends T> work) {
            Object answer = sound.<Object>write(transaction -> {
                try {
                    return work.apply(transaction);
                } catch (RuntimeException | Error e) {
                    return new Thrown(e);
                }
            });
            if (answer instanceof Thrown thrown) {
                throw PanelFault.<RuntimeException>sneaked(thrown.cause());
            }
            @SuppressWarnings("unchecked")
            T typed = (T) answer;
            return typed;
        }
    },
    WRAPS_WHAT_THE_WORK_THROWS(
            TransactionContract.class,
            "whatTheWorkThrowsIsThrownAndNothingIsChanged",
            "what the work throws is thrown as it is") {
        @Override
        public <T> T write(Storage sound, Function<? super PanelTransaction, ? extends T> work) {
            try {
                return sound.write(work);
            } catch (RuntimeException | Error e) {
                throw new IllegalStateException(e);
            }
        }
    };

    private final Class<? extends StoreContract> contract;
    private final String contractCase;
    private final String rule;

    PanelFault(Class<? extends StoreContract> contract, String contractCase, String rule) {
        this.contract = contract;
        this.contractCase = contractCase;
        this.rule = rule;
    }

    @Override
    public Class<? extends StoreContract> contract() {
        return contract;
    }

    @Override
    public String contractCase() {
        return contractCase;
    }

    @Override
    public String rule() {
        return rule;
    }

    private record Thrown(Throwable cause) {}

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E sneaked(Throwable cause) throws E {
        throw (E) cause;
    }

    private static IamRepository sortedTokens(IamRepository sound, Comparator<String> order) {
        return Replaced.method(IamRepository.class, sound, "tokens", arguments -> {
            Page<ApiToken> page = sound.tokens((UserId) arguments[0], (PageRequest) arguments[1]);
            List<ApiToken> sorted = page.items().stream()
                    .sorted(Comparator.comparing(ApiToken::name, order.thenComparing(Text.BY_CODE_POINT)))
                    .toList();
            return new Page<>(sorted, page.next());
        });
    }
}
