using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Tests.Reckoning;

public sealed class SoakResultTests
{
    private static readonly Measure[] Measures = Enum.GetValues<Measure>();

    [Fact]
    public void IsReconciled_AllAgree_True() => Assert.True(Result(Book("a"), Book("b")).IsReconciled);

    [Fact]
    public void IsReconciled_OneDifference_False() =>
        Assert.False(Result(Book("a"), Book("b", new Entry(1, Measure.Tools, 1))).IsReconciled);

    [Fact]
    public void IsReconciled_NobodyToCompareWith_False() => Assert.False(Result(Book("a")).IsReconciled);

    [Fact]
    public void IsReconciled_MeasureThatNeverHappened_False() =>
        Assert.False(Result(new Book("a", Measures, []), new Book("b", Measures, [])).IsReconciled);

    [Fact]
    public void IsReconciled_CheckNotMet_False()
    {
        var result = Result(Book("a"), Book("b")) with { Checks = [Check.Equal("faults", 0, 1)] };

        Assert.False(result.IsReconciled);
    }

    [Theory]
    [InlineData(4, false, false, true)]
    [InlineData(5, true, true, true)]
    [InlineData(6, false, true, false)]
    public void Check_Amount_IsMetAsItSays(int actual, bool isFive, bool isAtLeastFive, bool isAtMostFive)
    {
        Assert.Equal(isFive, Check.Equal("it", 5, actual).IsMet);
        Assert.Equal(isAtLeastFive, Check.AtLeast("it", 5, actual).IsMet);
        Assert.Equal(isAtMostFive, Check.AtMost("it", 5, actual).IsMet);
    }

    [Fact]
    public void CheckEqual_MissingByAHundredMillionth_IsNotMet() => Assert.False(Check.Equal("USD", 5, 4.99999999m).IsMet);

    private static Book Book(string name, params Entry[] more) =>
        new(name, Measures, [.. Measures.Select(static measure => new Entry(1, measure, 1)), .. more]);

    private static SoakResult Result(params Book[] books) => new(new Reconciliation(books), [], []);
}
