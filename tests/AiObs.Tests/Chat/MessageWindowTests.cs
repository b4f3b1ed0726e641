using System.Diagnostics;
using System.Text.Json;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class MessageWindowTests
{
    private static readonly ChatMessage[] History =
    [
        new(ChatRole.System, "Be brief."),
        new(new ChatRole("developer"), "Use tools."),
        new(ChatRole.User, "one"),
        new(ChatRole.Assistant, "two"),
        new(ChatRole.System, "Be kind."),
        new(ChatRole.User, "three"),
    ];

    [Theory]
    [InlineData(1, "three")]
    [InlineData(2, "Be brief.", "three")]
    [InlineData(3, "Be brief.", "Use tools.", "three")]
    [InlineData(4, "Be brief.", "Use tools.", "Be kind.", "three")]
    [InlineData(6, "Be brief.", "Use tools.", "one", "two", "Be kind.", "three")]
    [InlineData(7, "Be brief.", "Use tools.", "one", "two", "Be kind.", "three")]
    [InlineData(null, "Be brief.", "Use tools.", "one", "two", "Be kind.", "three")]
    public async Task MaxMessages_LongHistory_HeadAndLatestStandOnTheSpanAtTheSamePositionsInBothConventions(int? most, params string[] texts)
    {
        using var chat = new ObservedChat(new StubChatClient(), Limit(most));
        using var metrics = new MetricCollector(chat.Source);

        await chat.AskAsync(History);

        Assert.Equal(texts, Flattened(chat.Span));
        Assert.Equal(texts, Written(chat.Span));
        var missing = History.Length - texts.Length;
        Assert.Equal(missing == 0 ? null : (long)missing, chat.Span.GetTagItem("aiobs.input.unrecorded_messages"));
        Assert.Equal(missing == 0 ? [] : ["message_limit"], metrics.Of("aiobs.drops").Select(static drop => drop.Tags["aiobs.part"]));
    }

    [Fact]
    public async Task MaxMessages_Stream_IsRecordedLikeAPlainCall()
    {
        using var chat = new ObservedChat(new StubChatClient(), Limit(2));

        await foreach (var update in chat.Client.GetStreamingResponseAsync(History, cancellationToken: TestContext.Current.CancellationToken))
        {
            Assert.NotNull(update);
        }

        Assert.Equal(["Be brief.", "three"], Flattened(chat.Span));
        Assert.Equal(4L, chat.Span.GetTagItem("aiobs.input.unrecorded_messages"));
    }

    [Fact]
    public async Task MaxMessages_ModelCall_GetsTheWholeHistory()
    {
        var stub = new StubChatClient();
        using var chat = new ObservedChat(stub, Limit(1));

        await chat.AskAsync(History);

        Assert.Same(History, Assert.Single(stub.Calls).Messages);
    }

    [Fact]
    public async Task MaxMessages_SpanOfSomebodyElse_HasAllMessagesAsTheOwnerWritesThemThereToo()
    {
        using var source = new ActivitySource($"their-{Guid.NewGuid():N}");
        using var spans = new SpanCollector(source.Name);
        using var chat = new ObservedChat(new StubChatClient(), Limit(1));
        using var theirs = source.StartActivity("chat stub-model", ActivityKind.Client)!;
        theirs.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.request.model", "stub-model");

        await chat.AskAsync(History);

        Assert.Equal(History.Select(static message => message.Text), Flattened(theirs));
        Assert.Null(theirs.GetTagItem("aiobs.input.unrecorded_messages"));
    }

    [Fact]
    public async Task MaxMessages_NoContent_CountsNothing()
    {
        using var chat = new ObservedChat(new StubChatClient(), static o => o.Privacy.MaxMessages = 1);
        using var metrics = new MetricCollector(chat.Source);

        await chat.AskAsync(History);

        Assert.Null(chat.Span.GetTagItem("aiobs.input.unrecorded_messages"));
        Assert.Empty(metrics.Of("aiobs.drops"));
    }

    private static Action<AgentObservabilityOptions> Limit(int? most) => o =>
    {
        o.CaptureContent = ContentCapture.Spans;
        o.Privacy.MaxMessages = most;
    };

    private static List<string> Flattened(Activity span)
    {
        List<string> texts = [];
        while (span.GetTagItem($"llm.input_messages.{texts.Count}.message.content") is string text)
        {
            texts.Add(text);
        }

        return texts;
    }

    private static IEnumerable<string?> Written(Activity span) => JsonElement.Parse((string)span.GetTagItem("gen_ai.input.messages")!)
        .EnumerateArray()
        .Select(static message => message.GetProperty("parts")[0].GetProperty("content").GetString());
}
