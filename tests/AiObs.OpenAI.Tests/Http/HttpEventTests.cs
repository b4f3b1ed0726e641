using System.Net;
using AiObs.Events;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>The events of calls, and how calls wait for sinks that have to confirm them.</summary>
public sealed class HttpEventTests
{
    private const string Body = """{"model":"gpt-4o","max_tokens":9,"input":"Weather?","messages":[{"role":"user","content":"Weather?"}],"stream_options":{"include_usage":true}}""";

    private const string Answered = """[{"role":"assistant","parts":[{"type":"text","content":"Sunny."}],"finish_reason":"stop"}]""";

    public static TheoryData<WireFormat, CallStyle> Calls => new MatrixTheoryData<WireFormat, CallStyle>(
        [WireFormat.ChatCompletions, WireFormat.Messages, WireFormat.Ollama, WireFormat.Responses], Enum.GetValues<CallStyle>());

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_SinkIsDurable_HasItsEventsWrittenWhenItIsOver(WireFormat format, CallStyle style)
    {
        var sink = new InMemoryEventSink();
        await using var http = await StartAsync(sink);
        http.Server.Enqueue(ModelReply.Say("Sun", "ny.") with { Usage = new() { InputTokens = 10, OutputTokens = 2 } });

        using (AgentContext.Begin(conversationId: "c-1", userId: "u-1"))
        {
            await http.SendAsync(format, Body, style);
        }

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.ResponseReceived, AgentEventTypes.CostRecorded], sink.Events.Select(static item => item.Type));
        Assert.Equal([ObservedHttp.Asked, Answered, null], sink.Events.Select(static item => item.Content));
        Assert.All(sink.Events, item => Assert.Equal(
            ("c-1", "u-1", http.Span.TraceId.ToHexString(), http.Span.SpanId.ToHexString()), (item.ConversationId, item.UserId, item.TraceId, item.SpanId)));
        Assert.Equal((10L, 2L), (sink.Events[1].Data["input_tokens"], sink.Events[1].Data["output_tokens"]));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_SinkConfirmsNothing_EndsInWhatTheApplicationAskedFor(WireFormat format, CallStyle style)
    {
        var sink = new StubEventSink { OnWrite = static async (_, _, token) => await Task.Delay(Timeout.Infinite, token) };
        await using var http = await ObservedHttp.StartAsync(build: builder => builder.AddEventSink(sink, static options =>
        {
            options.Delivery = EventDelivery.Durable;
            options.DurableTimeout = TimeSpan.FromMilliseconds(10);
            options.ThrowOnFailure = true;
        }).ConfigureEvents(static options => options.ShutdownTimeout = TimeSpan.Zero));
        http.Server.Enqueue(ModelReply.Say("Sun", "ny."));

        await Assert.ThrowsAsync<EventDeliveryException>(() => http.SendAsync(format, Body, style));

        Assert.Equal("chat gpt-4o", http.Span.DisplayName);
    }

    [Theory]
    [InlineData(CallStyle.Async)]
    [InlineData(CallStyle.Sync)]
    public async Task Call_HandlerThrows_HasItsFailureWrittenWhenTheCallerHearsOfIt(CallStyle style)
    {
        var sink = new InMemoryEventSink();
        await using var http = await StartAsync(sink, static builder => builder.AddHttpMessageHandler(static () =>
            new StubHandler(static (_, _) => throw new HttpRequestException("No such host."))));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(WireFormat.Messages, Body, style));

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.CallFailed], sink.Events.Select(static item => item.Type));
    }

    [Fact]
    public async Task Call_Refused_IsAFailureInEventsToo()
    {
        var sink = new InMemoryEventSink();
        await using var http = await StartAsync(sink);
        http.Server.Enqueue(ModelReply.Fail((int)HttpStatusCode.TooManyRequests));

        await http.SendAsync(WireFormat.Messages, Body);

        Assert.Equal([AgentEventTypes.MessageSent, AgentEventTypes.CallFailed], sink.Events.Select(static item => item.Type));
        Assert.Equal("429", sink.Events[1].Data["error_type"]);
    }

    private static Task<ObservedHttp> StartAsync(InMemoryEventSink sink, Action<IHttpClientBuilder>? addInside = null) => ObservedHttp.StartAsync(
        ObservedHttp.WithContent,
        builder => builder.AddCostTracking().AddEventSink(
            sink, static options => (options.Delivery, options.DurableTimeout) = (EventDelivery.Durable, HangGuard.Limit)),
        addInside: addInside);
}
