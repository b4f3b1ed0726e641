using System.Text.Json;
using AiObs.Soak.Load;

namespace AiObs.Soak.Tests.Load;

public sealed class RunPlansTests
{
    [Fact]
    public void Of_SameSeedAndNumber_IsTheSamePlan() =>
        Assert.Equal(JsonSerializer.Serialize(new RunPlans(5).Of(77)), JsonSerializer.Serialize(new RunPlans(5).Of(77)));

    [Fact]
    public void Of_OtherSeed_IsAnotherLoad()
    {
        var (one, other) = (new RunPlans(5), new RunPlans(6));

        Assert.Contains(Enumerable.Range(1, 20), number => one.Of(number).Kind != other.Of(number).Kind);
    }

    [Fact]
    public void Of_ManyRuns_HaveEveryKindWithEveryFateThatItCanHave()
    {
        var plans = new RunPlans(1);

        var pairs = Enumerable.Range(1, 2_000).Select(number => plans.Of(number)).Select(static plan => (plan.Kind, plan.Fate)).ToHashSet();

        // Two kinds stream, with eight fates each; two have five; embeddings have three.
        Assert.Equal((2 * 8) + (2 * 5) + 3, pairs.Count);
    }

    [Theory]
    [InlineData("{\"text\":\"[run 42] Please\"}", 42L)]
    [InlineData("Please", null)]
    public void FindRun_Text_IsItsRun(string text, long? expected) => Assert.Equal(expected, RunText.FindRun(text));

    [Theory]
    [InlineData("run-42", 42L)]
    [InlineData("run-x", null)]
    [InlineData(null, null)]
    public void RunOf_Conversation_IsItsRun(string? conversation, long? expected) => Assert.Equal(expected, RunText.RunOf(conversation));
}
