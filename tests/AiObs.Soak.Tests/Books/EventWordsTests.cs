using AiObs.Events;
using AiObs.Soak.Books;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;

namespace AiObs.Soak.Tests.Books;

public sealed class EventWordsTests
{
    [Theory]
    [InlineData("completed", nameof(Measure.ChatsCompleted))]
    [InlineData("failed", nameof(Measure.ChatsFailed))]
    [InlineData("cancelled", nameof(Measure.ChatsCancelled))]
    [InlineData("abandoned", nameof(Measure.ChatsAbandoned))]
    public void Describe_EndOfAChat_IsItsOutcome(string outcome, string measure) => Assert.Equal(
        [Enum.Parse<Measure>(measure)],
        MeasuresOf(Create(AgentEventTypes.CallFailed, new() { ["operation"] = "chat", ["outcome"] = outcome })));

    [Theory]
    [InlineData(AgentEventTypes.MessageSent, nameof(Measure.ChatsStarted))]
    [InlineData(AgentEventTypes.AgentCompleted, nameof(Measure.Agents))]
    [InlineData(AgentEventTypes.ToolCalled, nameof(Measure.Tools))]
    [InlineData(AgentEventTypes.PolicyViolation, nameof(Measure.Refusals))]
    [InlineData(RunExecution.NoteType, nameof(Measure.Notes))]
    public void Describe_Type_IsItsMeasure(string type, string measure) =>
        Assert.Equal([Enum.Parse<Measure>(measure)], MeasuresOf(Create(type, [])));

    [Fact]
    public void Describe_CostRecorded_HasTheAmountToTheLastDigit()
    {
        var entries = EventWords.Describe(
            Create(AgentEventTypes.CostRecorded, new() { ["completeness"] = "exact", ["amount"] = 0.00012345m }));

        Assert.Equal([new Entry(7, Measure.ExactCosts, 1), new Entry(7, Measure.ExactAmount, 0.00012345m)], entries);
    }

    [Fact]
    public void Describe_ValuesSentToBeEmbedded_AreNoChat() =>
        Assert.Empty(MeasuresOf(Create(AgentEventTypes.MessageSent, new() { ["operation"] = "embeddings" })));

    [Fact]
    public void Describe_EventOfNoRun_IsNothing() =>
        Assert.Empty(EventWords.Describe(Create(AgentEventTypes.ToolCalled, []) with { ConversationId = null }));

    [Fact]
    public void Describe_CompletenessThatCannotBe_Throws() => Assert.Throws<InvalidOperationException>(
        static () => EventWords.Describe(Create(AgentEventTypes.CostRecorded, new() { ["completeness"] = "partial" })).ToList());

    private static IEnumerable<Measure> MeasuresOf(AgentEvent item) =>
        EventWords.Describe(item).Where(static entry => entry.Amount > 0).Select(static entry => entry.Measure);

    private static AgentEvent Create(string type, Dictionary<string, object?> data) => new()
    {
        Id = Guid.NewGuid(),
        Time = DateTimeOffset.UnixEpoch,
        Type = type,
        ConversationId = RunText.Conversation(7),
        Data = data,
    };
}
