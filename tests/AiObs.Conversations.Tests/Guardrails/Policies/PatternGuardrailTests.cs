using System.Text.RegularExpressions;
using AiObs.Guardrails;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

public sealed class PatternGuardrailTests
{
    private static readonly GuardrailPattern Order = new("order number", @"\bORD-\d{6}\b") { LongestMatch = 10 };

    [Theory]
    [InlineData("see ORD-123456.", "ORD-123456")]
    [InlineData("see ORD\u200B-123456.", "ORD\u200B-123456")]
    [InlineData("see ORD-１23456.", "ORD-１23456")]
    [InlineData("see%20ORD-123456", "ORD-123456")]
    public async Task Check_Match_IsFoundAtItsPlace(string text, string place) => Assert.Equal([$"order number 1 0:{place}"], await Verdict.Of(new PatternGuardrail(Order), text));

    [Fact]
    public async Task Check_OtherCase_IsFoundAsTheOptionsSay()
    {
        Assert.Empty(await Verdict.Of(new PatternGuardrail(Order), "ord-123456"));
        Assert.Equal(["o 1 0:ord-1"], await Verdict.Of(new PatternGuardrail(new GuardrailPattern("o", @"ORD-\d", RegexOptions.IgnoreCase)), "ord-1"));
    }

    [Fact]
    public async Task Check_TwoPatternsOverTheSame_AreOneHitOfTheFirst() =>
        Assert.Equal(["order number 1 0:ORD-123456"], await Verdict.Of(new PatternGuardrail(Order, new("digits", @"\d+")), "ORD-123456"));

    [Fact]
    public async Task Check_LongerThanLongestMatch_CountsAsFarAsItMatchesWithin()
    {
        Assert.Equal(["digits 1 0:12345", "digits 1 0:678"], await Verdict.Of(new PatternGuardrail(new GuardrailPattern("digits", @"\d+") { LongestMatch = 5 }), "12345678"));
        Assert.Empty(await Verdict.Of(new PatternGuardrail(new GuardrailPattern("ab", "a[^b]*b") { LongestMatch = 5 }), "a12345b"));
    }

    [Fact]
    public async Task Check_ManyHidden_IsAHitOfItsOwn() =>
        Assert.Equal(["more than 6 characters in a row that nobody sees 1 0:\u200B\u200B\u200B\u200B\u200B\u200B\u200B"], await Verdict.Of(new PatternGuardrail(Order), "a\u200B\u200B\u200B\u200B\u200B\u200B\u200B"));

    [Fact]
    public async Task Check_PatternThatBacktracksForever_IsAFailureWithoutTheText()
    {
        var guardrail = new PatternGuardrail(new GuardrailPattern("slow", @"^(?=(a+)+$)b"));
        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => Verdict.Of(guardrail, new string('a', 40) + "!"));

        Assert.Equal("The pattern 'slow' took longer than 100 ms on a text.", thrown.Message);
        Assert.Null(thrown.InnerException);
    }

    [Fact]
    public async Task Check_PatternThatWouldBacktrackForever_IsRunWithoutBacktracking() =>
        Assert.Empty(await Verdict.Of(new PatternGuardrail(new GuardrailPattern("quick", "^(a+)+$")), new string('a', 10_000) + "!"));

    [Fact]
    public void LongestMatch_IsKnownWhereAllPatternsHaveOne()
    {
        Assert.Equal((9 * 11) + 8, new PatternGuardrail(Order).LongestMatch);
        Assert.Null(new PatternGuardrail(Order, new("digits", @"\d+")).LongestMatch);
    }

    [Fact]
    public void Make_Wrong_Throws()
    {
        Assert.Throws<ArgumentException>(static () => new PatternGuardrail());
        Assert.Throws<ArgumentNullException>(static () => new PatternGuardrail(null!));
        Assert.Throws<ArgumentException>(static () => new GuardrailPattern("", "a"));
        Assert.ThrowsAny<ArgumentException>(static () => new GuardrailPattern("a", "("));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new GuardrailPattern("a", "a") { LongestMatch = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(static () => new GuardrailPattern("a", "a") { LongestMatch = 1_000_001 });
    }
}
