using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Tests.Reckoning;

public sealed class ReconciliationTests
{
    private static readonly Measure[] Seen = [Measure.ChatsCompleted, Measure.InputTokens];

    [Fact]
    public void Differences_BooksAgree_None()
    {
        var reconciliation = new Reconciliation([Server(), Witness("spans", Chat(1), Tokens(1, 30), Chat(2), Tokens(2, 50))]);

        Assert.Empty(reconciliation.Differences);
    }

    [Fact]
    public void Differences_LostSpan_AreToldWithTheRunAndBothAmounts()
    {
        var reconciliation = new Reconciliation([Server(), Witness("spans", Chat(1), Tokens(1, 30))]);

        Assert.Equal(
            ["run 2: ChatsCompleted is 1 in 'server' and 0 in 'spans'", "run 2: InputTokens is 50 in 'server' and 0 in 'spans'"],
            reconciliation.Differences.Select(static difference => difference.ToString()));
    }

    [Fact]
    public void Differences_DoubledEvent_IsTold()
    {
        var reconciliation = new Reconciliation([Server(), Witness("log", Chat(1), Tokens(1, 30), Chat(2), Chat(2), Tokens(2, 50))]);

        Assert.Equal(new Difference(Measure.ChatsCompleted, 2, "server", 1, "log", 2), Assert.Single(reconciliation.Differences));
    }

    [Fact]
    public void Differences_RunThatTheServerNeverSaw_IsTold()
    {
        var reconciliation = new Reconciliation(
            [Server(), Witness("spans", Chat(1), Tokens(1, 30), Chat(2), Tokens(2, 50), Chat(3))]);

        Assert.Equal(new Difference(Measure.ChatsCompleted, 3, "server", 0, "spans", 1), Assert.Single(reconciliation.Differences));
    }

    [Fact]
    public void Differences_ErrorsThatCancelOutInTheTotal_AreToldEach()
    {
        var reconciliation = new Reconciliation([Server(), Witness("spans", Chat(1), Tokens(1, 31), Chat(2), Tokens(2, 49))]);

        Assert.Equal([1, 2], reconciliation.Differences.Select(static difference => difference.Run));
    }

    [Fact]
    public void Differences_SecondWitnessIsWrong_TheFirstIsBelievedAndTheThirdIsFine()
    {
        var reconciliation = new Reconciliation(
        [
            Server(),
            Witness("spans", Chat(1), Tokens(1, 30), Chat(2), Tokens(2, 51)),
            Witness("log", Chat(1), Tokens(1, 30), Chat(2), Tokens(2, 50)),
        ]);

        Assert.Equal("spans", Assert.Single(reconciliation.Differences).Witness);
    }

    [Theory]
    [InlineData(80, 0)]
    [InlineData(81, 1)]
    public void Differences_WitnessKnowsTotalsAlone_ThoseAreCompared(int tokens, int differences)
    {
        var metrics = new Book("metrics", [Measure.InputTokens], [Tokens(0, tokens)]) { HasTotalsOnly = true };

        var reconciliation = new Reconciliation([Server(), metrics]);

        Assert.Equal(differences, reconciliation.Differences.Count);
        Assert.All(reconciliation.Differences, static difference => Assert.Null(difference.Run));
    }

    [Fact]
    public void Unconfirmed_MeasureOfOneBook_IsListed()
    {
        var reconciliation = new Reconciliation([Server(), new Book("log", [Measure.ChatsCompleted], [Chat(1), Chat(2)])]);

        Assert.Contains(Measure.InputTokens, reconciliation.Unconfirmed);
        Assert.DoesNotContain(Measure.ChatsCompleted, reconciliation.Unconfirmed);
    }

    [Fact]
    public void Unseen_MeasureOfWhichNothingHappened_IsListed()
    {
        var reconciliation = new Reconciliation([new Book("server", [Measure.Tools, Measure.ChatsCompleted], [Chat(1)])]);

        Assert.Contains(Measure.Tools, reconciliation.Unseen);
        Assert.DoesNotContain(Measure.ChatsCompleted, reconciliation.Unseen);
    }

    private static Book Server() => Witness("server", Chat(1), Tokens(1, 30), Chat(2), Tokens(2, 50));

    private static Book Witness(string name, params Entry[] entries) => new(name, Seen, entries);

    private static Entry Chat(long run) => new(run, Measure.ChatsCompleted, 1);

    private static Entry Tokens(long run, int count) => new(run, Measure.InputTokens, count);
}
