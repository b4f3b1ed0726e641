using AiObs.Store;

namespace AiObs.StoreContracts;

public abstract partial class ConversationStoreContract
{
    [Fact]
    public async Task Turn_IsKeptWhole()
    {
        var store = await CreateStoreAsync([]);

        await store.CommitAsync(ConversationSamples.Commit(1) with { Turn = Turn(1) }, Stop);

        Assert.Equal(ConversationSamples.Text(Turn(1)), ConversationSamples.Text(await store.FindTurnAsync("", ConversationSamples.Id, "t-1", Stop)));
        Assert.Null(await store.FindTurnAsync("", ConversationSamples.Id, "t-2", Stop));
        Assert.Null(await store.FindTurnAsync("other", ConversationSamples.Id, "t-1", Stop));
    }

    [Fact]
    public async Task Turn_TakesThePlaceOfTheOneWithItsId()
    {
        var store = await CreateStoreAsync([]);
        await store.CommitAsync(ConversationSamples.Commit() with { Turn = new() { Id = "t-1", StartedAt = Start } }, Stop);
        await store.CommitAsync(ConversationSamples.Commit() with { Turn = Turn(2) }, Stop);

        await store.CommitAsync(ConversationSamples.Commit() with { Turn = Turn(1) }, Stop);

        Assert.Equal([ConversationSamples.Text(Turn(1)), ConversationSamples.Text(Turn(2))], (await store.ListTurnsAsync("", ConversationSamples.Id, cancellationToken: Stop)).Select(ConversationSamples.Text));
    }

    [Fact]
    public async Task Turns_AreTheLastOnes()
    {
        var store = await CreateStoreAsync([]);
        foreach (var number in Enumerable.Range(1, 5))
        {
            await store.CommitAsync(ConversationSamples.Commit() with { Turn = Turn(number) }, Stop);
        }

        Assert.Equal(["t-4", "t-5"], (await store.ListTurnsAsync("", ConversationSamples.Id, last: 2, Stop)).Select(static turn => turn.Id));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.ListTurnsAsync("", ConversationSamples.Id, last: 0, Stop).AsTask());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.ListTurnsAsync("", ConversationSamples.Id, last: 1_001, Stop).AsTask());
    }

    [Fact]
    public async Task Summary_IsFoundByWhatItCovers()
    {
        if (await CreateStoreAsync([]) is not ISummaryStore store)
        {
            return;
        }

        await store.SaveSummaryAsync("", ConversationSamples.Id, Summary(1), Stop);
        await store.SaveSummaryAsync("", ConversationSamples.Id, Summary(3), Stop);
        await store.SaveSummaryAsync("", ConversationSamples.Id, Summary(3) with { Text = "another" }, Stop);

        Assert.Equal(Summary(3), await store.FindSummaryAsync("", ConversationSamples.Id, "coverage-3", Stop));
        Assert.Null(await store.FindSummaryAsync("", ConversationSamples.Id, "coverage-2", Stop));
        Assert.Null(await store.FindSummaryAsync("other", ConversationSamples.Id, "coverage-1", Stop));
        Assert.Equal(Summary(3), await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 0, upToSequence: 9, Stop));
        Assert.Equal(Summary(1), await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 0, upToSequence: 2, Stop));
        Assert.Null(await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 0, upToSequence: 0, Stop));
        await Assert.ThrowsAsync<ConversationNotFoundException>(() => store.SaveSummaryAsync("", "none", Summary(1), Stop).AsTask());
    }

    [Fact]
    public async Task LatestSummary_IsOfTheBranchOrOfOneThatItLeft()
    {
        if (await CreateStoreAsync([]) is not ISummaryStore store)
        {
            return;
        }

        await ((IConversationStore)store).CommitAsync(ConversationSamples.Commit(1, 2, 3), Stop);
        await ((IConversationStore)store).CommitAsync(ConversationSamples.Commit(4, 5) with { Fork = new(0, 2) }, Stop);
        await ((IConversationStore)store).CommitAsync(ConversationSamples.Commit(6), Stop);
        foreach (var (upTo, branch) in new[] { (1, 0), (3, 0), (5, 1) })
        {
            await store.SaveSummaryAsync("", ConversationSamples.Id, Summary(upTo) with { Branch = branch }, Stop);
        }

        Assert.Equal(Summary(3), await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 0, upToSequence: 9, Stop));
        Assert.Equal(Summary(5) with { Branch = 1 }, await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 1, upToSequence: 9, Stop));
        Assert.Equal(Summary(1), await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 1, upToSequence: 4, Stop));
        Assert.Null(await store.FindLatestSummaryAsync("", ConversationSamples.Id, branch: 2, upToSequence: 9, Stop));
    }

    private static TurnRecord Turn(int number) => new()
    {
        Id = $"t-{number}",
        State = TurnState.Completed,
        StartedAt = Start.AddMinutes(number),
        EndedAt = Start.AddMinutes(number).AddTicks(5),
        LeaseUntil = Start.AddMinutes(number + 1),
        Response = """{"text": "Übermorgen"}""",
        ErrorType = "timeout",
        QuestionSequence = number,
        ContinuationToken = "AQID",
        Findings = [new("jailbreak", "block", "input", "says to forget the rules", 0.7, 2, IsFailure: false), new("tools", "warn", "tool_call", "is not allowed", 1, 0, IsFailure: true, "delete", "call-1")],
        Memory = new()
        {
            Decisions = [new(1, 4, MemoryAction.Dropped, "window", "outside of the last 50", 120), new(5, 6, MemoryAction.Kept, null, null, 30), new(null, null, MemoryAction.Injected, "facts", null, 9)],
            TokensBefore = 150,
            TokensAfter = 39,
            IsEstimate = true,
            Model = "gpt-4o",
            ContextWindow = 128_000,
            Fingerprint = new('f', 64),
        },
    };

    private static ConversationSummary Summary(int upTo) => new()
    {
        Coverage = $"coverage-{upTo}",
        FirstSequence = 1,
        LastSequence = upTo,
        Text = $"What was said up to {upTo}, in Köln.",
        TokenCount = 12,
        Model = "gpt-4o-mini",
        At = Start,
    };
}
