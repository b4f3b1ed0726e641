using AiObs.Cost.Tables;

namespace AiObs.Cost.Tests.Tables;

public sealed class LazyPatternTests
{
    [Theory]
    [InlineData("^o[134]", "o3-mini", true)]
    [InlineData("^o[134]", "O3-mini", false)]
    [InlineData(@"^a-\d{2}$", "a-12", true)]
    [InlineData(@"^a-\d{2}$", "a-١٢", false)]
    [InlineData("^(?!x)", "y", true)]
    public void IsIn_Text_ReadsThePatternAsJavaScriptDoes(string pattern, string text, bool found) =>
        Assert.Equal(found, new LazyPattern(pattern).IsIn(text));

    [Fact]
    public void IsIn_TextThatTakesForever_IsTakenForOneWithout() =>
        Assert.False(new LazyPattern("^(a+)+$").IsIn(new string('a', 60) + "b"));
}
