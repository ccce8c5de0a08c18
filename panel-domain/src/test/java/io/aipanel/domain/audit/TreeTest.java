package io.aipanel.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The tree and its proofs, beside the definitions of RFC 6962, section 2.1, written down as they stand there. */
final class TreeTest {

    /** The leaves and roots that implementations of Certificate Transparency are tested with. */
    private static final List<String> KNOWN_LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> KNOWN_ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    /** One more than a perfect tree, so that both sides of every border come up. */
    private static final int LEAVES = 65;

    private final List<Hash> leaves = IntStream.range(0, LEAVES)
            .mapToObj(i -> Hash.leaf(new byte[] {(byte) i}))
            .toList();

    @Test
    void rootsAreThoseOfCertificateTransparency() {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        assertThat(hex(growth.peaks().root()))
                .as("the root of nothing")
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int size = 1; size <= KNOWN_LEAVES.size(); size++) {
            growth.add(Hash.leaf(HexFormat.of().parseHex(KNOWN_LEAVES.get(size - 1))));
            assertThat(hex(growth.peaks().root())).isEqualTo(KNOWN_ROOTS.get(size - 1));
        }
    }

    @Test
    void aTreeGrowsFromItsPeaks() {
        for (int size = 0; size <= LEAVES; size++) {
            Peaks peaks = peaks(size);
            assertThat(peaks.root()).isEqualTo(rootOf(leaves.subList(0, size)));
            assertThat(Peaks.of(size, peaks.toBytes())).isEqualTo(peaks);

            TreeGrowth rest = new TreeGrowth(peaks);
            leaves.subList(size, LEAVES).forEach(rest::add);
            assertThat(rest.peaks()).isEqualTo(peaks(LEAVES));
        }
    }

    @Test
    void oldTreesAreFoundInTheSubtrees() {
        for (int size = 0; size <= LEAVES; size++) {
            assertThat(Proofs.root(this::top, size)).isEqualTo(rootOf(leaves.subList(0, size)));
            assertThat(Proofs.peaks(this::top, size)).isEqualTo(peaks(size));
        }
    }

    @Test
    void everyInclusionIsProvenAndNothingElse() {
        for (int size = 1; size <= LEAVES; size++) {
            Hash root = rootOf(leaves.subList(0, size));
            for (int index = 0; index < size; index++) {
                InclusionProof proof = Proofs.inclusion(this::top, index, size);
                assertThat(proof.path()).isEqualTo(path(index, leaves.subList(0, size)));
                assertThat(proof.proves(leaves.get(index), root)).isTrue();

                assertThat(proof.proves(leaves.get((index + 1) % LEAVES), root))
                        .as("another leaf")
                        .isFalse();
                if (size > 1) {
                    int beside = index == 0 ? 1 : index - 1;
                    assertThat(new InclusionProof(beside, size, proof.path()).proves(leaves.get(index), root))
                            .as("another place")
                            .isFalse();
                    assertThat(new InclusionProof(
                                            index,
                                            size,
                                            proof.path().subList(1, proof.path().size()))
                                    .proves(leaves.get(index), root))
                            .as("a shorter path")
                            .isFalse();
                }
                List<Hash> longer = new ArrayList<>(proof.path());
                longer.add(root);
                assertThat(new InclusionProof(index, size, longer).proves(leaves.get(index), root))
                        .as("a longer path")
                        .isFalse();
            }
        }
    }

    @Test
    void everyConsistencyIsProvenAndNothingElse() {
        Hash other = Hash.leaf(new byte[] {-1});
        for (int to = 1; to <= LEAVES; to++) {
            Hash toRoot = rootOf(leaves.subList(0, to));
            for (int from = 1; from <= to; from++) {
                Hash fromRoot = rootOf(leaves.subList(0, from));
                ConsistencyProof proof = Proofs.consistency(this::top, from, to);
                assertThat(proof.path())
                        .isEqualTo(from == to ? List.of() : subproof(from, leaves.subList(0, to), true));
                assertThat(proof.proves(fromRoot, toRoot)).isTrue();

                assertThat(proof.proves(other, toRoot)).as("another beginning").isFalse();
                assertThat(proof.proves(fromRoot, other)).as("another end").isFalse();
                for (int i = 0; i < proof.path().size(); i++) {
                    List<Hash> changed = new ArrayList<>(proof.path());
                    changed.set(i, other);
                    assertThat(new ConsistencyProof(from, to, changed).proves(fromRoot, toRoot))
                            .as("another hash on the way")
                            .isFalse();
                }
            }
        }
    }

    @Test
    void nodesThatAStoreKeepsAreHandedOutOnce() {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        List<TreeNode> completed = new ArrayList<>();
        List<Hash> many = IntStream.range(0, 1_030)
                .mapToObj(i -> Hash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList();
        for (Hash leaf : many) {
            growth.add(leaf);
            completed.addAll(growth.takeCompleted());
        }

        assertThat(completed)
                .extracting(node -> node.height() + "/" + node.index())
                .containsExactly("8/0", "8/1", "9/0", "8/2", "8/3", "9/1", "10/0");
        completed.forEach(node -> assertThat(node.hash())
                .isEqualTo(rootOf(many.subList(
                        (int) (node.index() << node.height()), (int) (node.index() + 1 << node.height())))));
    }

    @Test
    void whatIsLeftOfALogStillProvesItself() {
        List<Hash> many = IntStream.range(0, 1_030)
                .mapToObj(i -> Hash.leaf(new byte[] {(byte) i, (byte) (i >> 8)}))
                .toList();
        TreeGrowth whole = new TreeGrowth(Peaks.NONE);
        many.forEach(whole::add);
        List<TreeNode> nodes = whole.takeCompleted();
        Hash root = rootOf(many);
        for (int cut : new int[] {0, 1, 2, 255, 256, 257, 300, 511, 512, 513, 1_000, 1_023, 1_024, 1_029, 1_030}) {
            TreeGrowth before = new TreeGrowth(Peaks.NONE);
            many.subList(0, cut).forEach(before::add);
            KeptSubtrees kept =
                    new KeptSubtrees(new LogTree(whole.peaks(), before.peaks()), new Store(many, nodes, cut));

            assertThat(Proofs.root(kept, many.size())).isEqualTo(root);
            for (int index = cut; index < many.size(); index += 7) {
                assertThat(Proofs.inclusion(kept, index, many.size()).proves(many.get(index), root))
                        .as("event %d after a cut at %d", index, cut)
                        .isTrue();
            }
            for (int from = Math.max(1, cut); from <= many.size(); from += 13) {
                assertThat(Proofs.consistency(kept, from, many.size()).proves(rootOf(many.subList(0, from)), root))
                        .as("size %d after a cut at %d", from, cut)
                        .isTrue();
            }
        }
    }

    @Test
    void peaksThatDoNotFitTheirSizeAreRefused() {
        Peaks peaks = peaks(5);
        assertThatIllegalArgumentException().isThrownBy(() -> new Peaks(7, peaks.hashes()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Peaks(-1, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Peaks.of(5, Arrays.copyOf(peaks.toBytes(), 2 * Hash.BYTES - 1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogTree(peaks(4), peaks));
    }

    private Peaks peaks(int size) {
        TreeGrowth growth = new TreeGrowth(Peaks.NONE);
        leaves.subList(0, size).forEach(growth::add);
        return growth.peaks();
    }

    private Hash top(int height, long index) {
        return rootOf(leaves.subList((int) (index << height), (int) (index + 1 << height)));
    }

    /** MTH. */
    private static Hash rootOf(List<Hash> part) {
        if (part.isEmpty()) {
            return Hash.ofNothing();
        }
        if (part.size() == 1) {
            return part.get(0);
        }
        int left = Integer.highestOneBit(part.size() - 1);
        return Hash.node(rootOf(part.subList(0, left)), rootOf(part.subList(left, part.size())));
    }

    /** PATH. */
    private static List<Hash> path(int index, List<Hash> part) {
        if (part.size() == 1) {
            return List.of();
        }
        int left = Integer.highestOneBit(part.size() - 1);
        boolean isLeft = index < left;
        List<Hash> path = new ArrayList<>(
                isLeft ? path(index, part.subList(0, left)) : path(index - left, part.subList(left, part.size())));
        path.add(rootOf(isLeft ? part.subList(left, part.size()) : part.subList(0, left)));
        return path;
    }

    /** SUBPROOF. */
    private static List<Hash> subproof(int from, List<Hash> part, boolean known) {
        if (from == part.size()) {
            return known ? List.of() : List.of(rootOf(part));
        }
        int left = Integer.highestOneBit(part.size() - 1);
        boolean isLeft = from <= left;
        List<Hash> proof = new ArrayList<>(
                isLeft
                        ? subproof(from, part.subList(0, left), known)
                        : subproof(from - left, part.subList(left, part.size()), false));
        proof.add(rootOf(isLeft ? part.subList(left, part.size()) : part.subList(0, left)));
        return proof;
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.toBytes());
    }

    /** What a store has after a cut: no leaf below it. */
    private record Store(List<Hash> leaves, List<TreeNode> nodes, int cut) implements KeptSubtrees.Store {

        @Override
        public Optional<Hash> node(int height, long index) {
            return nodes.stream()
                    .filter(node -> node.height() == height && node.index() == index)
                    .map(TreeNode::hash)
                    .findFirst();
        }

        @Override
        public List<Hash> leaves(long from, long until) {
            assertThat(from).as("nothing that was cut off is asked for").isGreaterThanOrEqualTo(cut);
            return leaves.subList((int) from, (int) until);
        }
    }
}
