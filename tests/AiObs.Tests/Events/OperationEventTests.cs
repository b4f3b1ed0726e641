using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Events;

public sealed class OperationEventTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_Answered_SaysWhatWasSentAndWhatCameBack()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);

        var sent = await root.OnlyAsync(sink, AgentEventTypes.MessageSent);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "chat",
                ["provider"] = "stub",
                ["model"] = "stub-model",
                ["streaming"] = false,
                ["messages"] = 1,
                ["new_user_messages"] = 1,
            },
            sent.Data);
        var received = await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "chat",
                ["provider"] = "stub",
                ["model"] = "stub-model-1",
                ["request_model"] = "stub-model",
                ["outcome"] = "completed",
                ["duration_ms"] = 0.0,
                ["input_tokens"] = 7L,
                ["output_tokens"] = 3L,
                ["cache_read_tokens"] = 2L,
                ["streaming"] = false,
                ["finish_reason"] = "stop",
                ["response_id"] = "r1",
            },
            received.Data);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Call_InAScope_CarriesContextSpanAndTimes()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        var client = new StubChatClient
        {
            OnResponse = _ =>
            {
                root.Clock.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult(Calls.Answer);
            },
        };
        var started = root.Clock.GetUtcNow();

        using (AgentContext.Begin(conversationId: "c1", userId: "u1", sessionId: "s1"))
        {
            await root.AskAsync(client);
        }

        await root.Events.FlushAsync(Token);
        var span = root.Spans.Only();
        Assert.All(sink.Accepted, item =>
        {
            Assert.Equal(("c1", "u1", "s1"), (item.ConversationId, item.UserId, item.SessionId));
            Assert.Equal((span.TraceId.ToHexString(), span.SpanId.ToHexString()), (item.TraceId, item.SpanId));
        });
        Assert.Equal([started, started.AddSeconds(2)], sink.Accepted.Select(item => item.Time));
    }

    [Fact]
    public async Task Call_WithAHistory_CountsTheUserMessagesAfterTheAssistant()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();
        using var client = Calls.Answering.UseAgentObservability(root.Root);

        await client.GetResponseAsync(
            [
                new(ChatRole.System, "Be kind."),
                new(ChatRole.User, "One"),
                new(ChatRole.Assistant, "Two"),
                new(ChatRole.User, "Three"),
                new(ChatRole.User, "Four"),
            ],
            cancellationToken: Token);

        var sent = await root.OnlyAsync(sink, AgentEventTypes.MessageSent);
        Assert.Equal((5, 2), (sent.Data["messages"], sent.Data["new_user_messages"]));
        Assert.Equal(
            """[{"role":"user","parts":[{"type":"text","content":"Three"}]},{"role":"user","parts":[{"type":"text","content":"Four"}]}]""",
            sent.Content);
    }

    [Theory]
    [InlineData(ContentCapture.None, false)]
    [InlineData(ContentCapture.Spans, false)]
    [InlineData(ContentCapture.Events, true)]
    [InlineData(ContentCapture.All, true)]
    public async Task Call_Content_StandsInEventsOnlyWhenItMay(ContentCapture capture, bool isShown)
    {
        await using var root = EventRoot.WithContent(capture);
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);
        await root.ReadAsync(Calls.Streaming);

        await root.Events.FlushAsync(Token);
        Assert.Equal(4, sink.Accepted.Count);
        Assert.All(sink.Accepted, item => Assert.Equal(isShown, item.Content is not null));
    }

    [Fact]
    public async Task Call_OfAClientWithOptionsOfItsOwn_PassesItsOwnContentGate()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        using var client = Calls.Answering.UseAgentObservability(root.Root, o => o.CaptureContent = ContentCapture.Events);

        await client.GetResponseAsync("Hi", cancellationToken: Token);

        var received = await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived);
        Assert.Equal("""[{"role":"assistant","parts":[{"type":"text","content":"Hello."}],"finish_reason":"stop"}]""", received.Content);
    }

    [Fact]
    public async Task Call_HiddenMessages_LeavesTheirContentOut()
    {
        await using var root = EventRoot.WithContent(build: b => b.Configure(o => o.Privacy.HideInputMessages = true));
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);

        Assert.Null((await root.OnlyAsync(sink, AgentEventTypes.MessageSent)).Content);
        Assert.NotNull((await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived)).Content);
    }

    [Fact]
    public async Task Stream_ReadToItsEnd_SaysTheSameAsAPlainCallAndHowItStreamed()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await root.ReadAsync(Calls.Streaming);

        var received = await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived);
        Assert.Equal(true, received.Data["streaming"]);
        Assert.Equal("completed", received.Data["outcome"]);
        Assert.Equal(7L, received.Data["input_tokens"]);
        Assert.Equal(0.0, received.Data["time_to_first_chunk_ms"]);
        Assert.Equal(2, received.Data["chunks"]);
    }

    [Fact]
    public async Task Call_Failed_SaysSoInsteadOfAnAnswer()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(Calls.Failing));

        var failed = await root.OnlyAsync(sink, AgentEventTypes.CallFailed);
        SpanAssert.Attributes(
            new()
            {
                ["operation"] = "chat",
                ["provider"] = "stub",
                ["model"] = "stub-model",
                ["outcome"] = "failed",
                ["duration_ms"] = 0.0,
                ["error_type"] = "System.InvalidOperationException",
                ["exception_type"] = "System.InvalidOperationException",
                ["streaming"] = false,
            },
            failed.Data);
        Assert.Equal("""{"message":"no"}""", failed.Content);
        Assert.DoesNotContain(AgentEventTypes.ResponseReceived, sink.AcceptedTypes);
    }

    [Fact]
    public async Task Call_Cancelled_IsToldFromAFailedOne()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        using var cancellation = new CancellationTokenSource();
        var inner = new StubChatClient
        {
            OnResponse = async call =>
            {
                await cancellation.CancelAsync();
                call.CancellationToken.ThrowIfCancellationRequested();
                return new();
            },
        };
        using var client = inner.UseAgentObservability(root.Root);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetResponseAsync("Hi", cancellationToken: cancellation.Token));

        Assert.Equal("cancelled", (await root.OnlyAsync(sink, AgentEventTypes.CallFailed)).Data["outcome"]);
    }

    [Fact]
    public async Task Stream_LeftEarly_IsAbandonedWithWhatCameUntilThen()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();
        using var client = new StubChatClient().UseAgentObservability(root.Root);

        await foreach (var _ in client.GetStreamingResponseAsync("Hi", cancellationToken: Token))
        {
            break;
        }

        var failed = await root.OnlyAsync(sink, AgentEventTypes.CallFailed);
        Assert.Equal("abandoned", failed.Data["outcome"]);
        Assert.Equal(1, failed.Data["chunks"]);
        Assert.Equal(
            """{"output":[{"role":"assistant","parts":[{"type":"text","content":"Hel"}],"finish_reason":"error"}]}""", failed.Content);
    }

    [Fact]
    public async Task Tool_Ran_SaysWhichAndHow()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();
        var tool = AIFunctionFactory.Create((string city) => $"sunny in {city}", "get_weather").Observed(root.Root);

        await tool.InvokeAsync(new() { ["city"] = "Rome" }, Token);

        var called = await root.OnlyAsync(sink, AgentEventTypes.ToolCalled);
        SpanAssert.Attributes(
            new() { ["tool"] = "get_weather", ["tool_type"] = "function", ["outcome"] = "completed", ["duration_ms"] = 0.0 }, called.Data);
        Assert.Equal("""{"arguments":{"city":"Rome"},"result":"sunny in Rome"}""", called.Content);
    }

    [Fact]
    public async Task Tool_Failed_SaysHowWithoutContentUnlessItMay()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();
        var tool = AIFunctionFactory.Create(string () => throw new InvalidOperationException("secret"), "broken").Observed(root.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await tool.InvokeAsync(cancellationToken: Token));

        var called = await root.OnlyAsync(sink, AgentEventTypes.ToolCalled);
        Assert.Equal(("failed", "System.InvalidOperationException"), (called.Data["outcome"], called.Data["error_type"]));
        Assert.Null(called.Content);
    }

    [Fact]
    public async Task Embeddings_Made_AreAResponseWithoutContent()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink();
        using var generator = new StubEmbeddingGenerator<string, Embedding<float>>(
            call => Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(call.Values.Select(_ => new Embedding<float>(new float[] { 1 })))))
            .UseAgentObservability(root.Root);

        await generator.GenerateAsync(["red", "blue"], cancellationToken: Token);

        var received = await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived);
        Assert.Equal(("embeddings", 2), (received.Data["operation"], received.Data["embeddings"]));
        Assert.Null(received.Content);
        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Types_OfASink_AreAllThatIsMade()
    {
        await using var root = EventRoot.WithContent();
        var sink = root.AddSink(o => o.Types.Add(AgentEventTypes.ResponseReceived));

        await root.AskAsync(Calls.Answering);

        await root.Events.FlushAsync(Token);
        Assert.Equal([AgentEventTypes.ResponseReceived], sink.AcceptedTypes);
    }

    [Fact]
    public async Task Types_OfTwoSinks_GiveEachItsOwn()
    {
        await using var root = new EventRoot();
        var first = root.AddSink(o => o.Types.Add(AgentEventTypes.MessageSent));
        var second = root.AddSink();

        await root.AskAsync(Calls.Answering);

        await root.Events.FlushAsync(Token);
        Assert.Equal([AgentEventTypes.MessageSent], first.AcceptedTypes);
        Assert.Equal(2, second.Accepted.Count);
        Assert.Same(first.Accepted[0], second.Accepted[0]);
    }

    [Fact]
    public async Task Call_Unsampled_RaisesItsEventsAllTheSame()
    {
        await using var root = new EventRoot();
        root.Spans.Dispose();
        var sink = root.AddSink();

        await root.AskAsync(Calls.Answering);

        var received = await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived);
        Assert.Null(received.TraceId);
        Assert.Equal(2, sink.Accepted.Count);
    }

    [Fact]
    public async Task LlmSpan_OfTheTracer_RaisesTheSameEvents()
    {
        await using var root = new EventRoot();
        var sink = root.AddSink();

        await root.Root.Tracer.TraceLlmAsync(
            "m1", new() { Messages = [new(ChatRole.User, "Hi")] }, _ => Task.FromResult(Calls.Answer), Token);

        Assert.Equal(1, (await root.OnlyAsync(sink, AgentEventTypes.MessageSent)).Data["messages"]);
        Assert.Equal(3L, (await root.OnlyAsync(sink, AgentEventTypes.ResponseReceived)).Data["output_tokens"]);
    }

    [Fact]
    public async Task Sink_RemovedAgain_EndsTheWork()
    {
        await using var root = new EventRoot();
        root.Spans.Dispose();
        root.Metrics.Dispose();
        var subscription = root.Events.AddSink(new StubEventSink());
        Assert.True(root.Root.Pipeline.IsListening);

        await subscription.DisposeAsync();

        Assert.False(root.Root.Pipeline.IsListening);
    }
}
