namespace AiObs.ArchitectureTests.Docs;

public sealed class DocumentedKeysTests
{
    private static readonly TextFile Page = new(
        "docs/reference/attributes.md",
        """
        | Key | Type |
        |---|---|
        | `gen_ai.model` | string, such as `gpt.x` |
        | `gen_ai.usage` | int |

        `gen_ai.prose` is not listed.
        """);

    [Fact]
    public void Violations_SameKeys_HasNone() =>
        Assert.Empty(DocumentedKeys.Violations(new HashSet<string> { "gen_ai.model", "gen_ai.usage" }, Page));

    [Fact]
    public void Violations_KeysDiffer_TellsBothWays() => Assert.Equal(
        ["gen_ai.prose is a constant and not on the page.", "gen_ai.usage is on the page and no constant."],
        DocumentedKeys.Violations(new HashSet<string> { "gen_ai.model", "gen_ai.prose" }, Page));

    [Fact]
    public void Violations_NoPage_MissesEveryKey() => Assert.Equal(
        ["gen_ai.model is a constant and not on the page."],
        DocumentedKeys.Violations(new HashSet<string> { "gen_ai.model" }, null));

    [Fact]
    public void Violations_NoConstants_KnowsNoKeyOnThePage() =>
        Assert.Equal(2, DocumentedKeys.Violations(new HashSet<string>(), Page).Count());
}
