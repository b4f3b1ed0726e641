namespace AiObs.ArchitectureTests.Rules;

public sealed class AttributeKeysTests
{
    [Fact]
    public void Of_ConstantsOfTheConventions_AreFound()
    {
        var keys = AttributeKeys.Of(CompiledSource.Types(
            """
            namespace AiObs.Conventions.GenAI
            {
                internal static class GenAIAttributes
                {
                    public const string Model = "gen_ai.model";
                    internal const string Usage = "gen_ai.usage";
                    private const string Prefix = "gen_ai.";
                    public const int Number = 1;
                    public static readonly string Field = "field" + Prefix;
                }
            }
            namespace AiObs.Conventions { public static class OwnAttributes { public const string Cost = "aiobs.cost"; } }
            namespace AiObs.Conventions { internal static class Values { public const string Chat = "chat"; } }
            namespace AiObs.Chat { internal static class OtherAttributes { public const string Other = "other"; } }
            """));

        Assert.Equal(["aiobs.cost", "gen_ai.model", "gen_ai.usage"], keys.Order(StringComparer.Ordinal));
    }
}
