using System.Diagnostics;
using AiObs.Soak.Books;
using AiObs.Soak.Load;
using AiObs.Soak.Reckoning;
using AiObs.TestSupport;

namespace AiObs.Soak.Tests.Books;

public sealed class SpanWitnessTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Journal _journal;
    private readonly SpanWitness _witness;

    public SpanWitnessTests()
    {
        _journal = new Journal(_directory.File("spans.journal"));
        _witness = new SpanWitness(_journal);
    }

    [Fact]
    public void OnEnd_StreamedChat_HasOutcomeUpdatesTokensAndCost()
    {
        _witness.OnEnd(Span(
            ("gen_ai.operation.name", "chat"), ("aiobs.stream.outcome", "completed"), ("aiobs.stream.chunks", 9L), ("gen_ai.usage.input_tokens", 30L),
            ("aiobs.cost.completeness", "exact"), ("aiobs.cost.total", 0.00345678d)));

        var book = Book();
        Assert.Equal((1, 9, 30), (book.Of(7, Measure.ChatsCompleted), book.Of(7, Measure.Updates), book.Of(7, Measure.InputTokens)));
        Assert.Equal(0.00345678m, book.Of(7, Measure.ExactAmount));
    }

    [Theory]
    [InlineData(null, nameof(Measure.ChatsCompleted))]
    [InlineData("429", nameof(Measure.ChatsFailed))]
    [InlineData("System.Threading.Tasks.TaskCanceledException", nameof(Measure.ChatsCancelled))]
    public void OnEnd_WholeChat_HasTheOutcomeOfItsError(string? error, string measure)
    {
        _witness.OnEnd(Span(("gen_ai.operation.name", "chat"), ("error.type", error)));

        Assert.Equal(1, Book().Of(7, Enum.Parse<Measure>(measure)));
    }

    [Fact]
    public void OnEnd_Agent_HasItsChats()
    {
        _witness.OnEnd(Span(("gen_ai.operation.name", "invoke_agent"), ("aiobs.agent.iterations", 3L)));

        Assert.Equal((1, 3), (Book().Of(7, Measure.Agents), Book().Of(7, Measure.AgentChats)));
    }

    [Theory]
    [InlineData("System.OperationCanceledException", true, 1)]
    [InlineData("System.OperationCanceledException", false, 0)]
    [InlineData("500", true, 0)]
    [InlineData(null, true, 0)]
    public void OnEnd_Agent_CountsAsCancelledWhenToolsHaveRun(string? error, bool hasTools, int expected)
    {
        _witness.OnEnd(Span(
            ("gen_ai.operation.name", "invoke_agent"), ("error.type", error), ("aiobs.agent.tools_used", hasTools ? new[] { "look" } : null)));

        Assert.Equal(expected, Book().Of(7, Measure.AgentsCancelled));
    }

    [Fact]
    public void OnEnd_SecretInATag_IsCounted()
    {
        _witness.OnEnd(Span(("input.value", $"to person7{RunText.Secret}")));

        Assert.Equal(1, _witness.LeakCount);
    }

    [Fact]
    public void OnEnd_SpanOfNoRun_IsCounted()
    {
        using var span = new Activity("chat");

        _witness.OnEnd(span);

        Assert.Equal(1, _witness.StrayCount);
    }

    public void Dispose()
    {
        _witness.Dispose();
        _journal.Dispose();
        _directory.Dispose();
    }

    private static Activity Span(params (string Key, object? Value)[] tags)
    {
        var span = new Activity("span").SetTag("gen_ai.conversation.id", RunText.Conversation(7));
        foreach (var (key, value) in tags)
        {
            span.SetTag(key, value);
        }

        return span;
    }

    private Book Book() => new("spans", SpanWitness.Measures, _journal.ReadAll());
}
