using System.Diagnostics;
using System.Net;
using System.Text;
using AiObs.Cost.Budgets;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>Calls that are refused, throw, hang, or are answered with what is no answer.</summary>
public sealed class HttpFailureTests
{
    private const string Body = """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"Weather?"}]}""";

    public static TheoryData<WireFormat, CallStyle> Calls => new MatrixTheoryData<WireFormat, CallStyle>(
        [WireFormat.ChatCompletions, WireFormat.Messages, WireFormat.Ollama], Enum.GetValues<CallStyle>());

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_Refused_IsAFailureThatTheCallerSeesAsItIs(WireFormat format, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(new ModelReply { Error = new ModelError { Status = 429, Message = "Slow down.", RetryAfterSeconds = 17 } });

        var text = await http.SendAsync(format, Body, style);

        Assert.Contains("Slow down.", text, StringComparison.Ordinal);
        SpanAssert.Status(ActivityStatusCode.Error, "System.Net.Http.HttpRequestException", http.Span);
        Assert.Equal(("429", 17.0), (http.Span.GetTagItem("error.type"), http.Span.GetTagItem("aiobs.response.retry_after")));
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_BudgetSpent_IsRefusedBeforeAnythingIsSent(WireFormat format, CallStyle style)
    {
        await using var http = await ObservedHttp.StartAsync(build: static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new Budget { Name = "all", TokenLimit = 1 })));

        await Assert.ThrowsAsync<BudgetExceededException>(() => http.SendAsync(format, Body, style));

        Assert.Empty(http.Server.Requests);
        Assert.Empty(http.Spans.Started);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_HandlerThrows_FailsWithWhatItThrew(bool isSync)
    {
        await using var http = await ObservedHttp.StartAsync(addInside: static builder => builder.AddHttpMessageHandler(static () => new StubHandler(static (_, _) =>
            throw new HttpRequestException("No such host."))));

        await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(WireFormat.Messages, Body, isSync ? CallStyle.Sync : CallStyle.Async));

        SpanAssert.Status(ActivityStatusCode.Error, "System.Net.Http.HttpRequestException", http.Span);
    }

    [Fact]
    public async Task Call_CancelledWhileItHangs_IsCancelled()
    {
        await using var http = await ObservedHttp.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestToken);
        using var request = ObservedHttp.Request(WireFormat.Messages, Body, CallStyle.Async);
        http.Server.Handler = _ =>
        {
            cancellation.Cancel();
            return ModelReply.Say("never") with { Delay = Timeout.InfiniteTimeSpan };
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.Client.SendAsync(request, cancellation.Token));

        Assert.Equal("System.Threading.Tasks.TaskCanceledException", (await http.Spans.WaitForSpansAsync(1, TestToken))[0].GetTagItem("error.type"));
    }

    [Theory]
    [InlineData("<html>", "application/json")]
    [InlineData("""{"content":7,"usage":[],"stop_reason":{}}""", "application/json")]
    [InlineData("data: {\"type\":\"message_start\",\"message\":7}\n\ndata: {{{\n\n", "text/event-stream")]
    public async Task Messages_AnswerIsNoSense_LeaveASpanAndGiveTheCallerAllOfIt(string answer, string type)
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent, addInside: builder => builder.AddHttpMessageHandler(() => new StubHandler((_, _) =>
            new HttpResponseMessage { Content = new StringContent(answer, Encoding.UTF8, type) })));

        var text = await http.SendAsync(WireFormat.Messages, Body, type == "application/json" ? CallStyle.Async : CallStyle.Streamed);

        Assert.Equal(answer, text);
        Assert.Equal(
            (ObservedHttp.Asked, null, null),
            (http.Span.GetTagItem("input.value"), http.Span.GetTagItem("gen_ai.response.id"), http.Span.GetTagItem("gen_ai.usage.input_tokens")));
    }

    [Fact]
    public async Task Messages_RequestIsNoJson_LeaveASpanWithoutContent()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        using var content = new StringContent("""{"model":"claude""", Encoding.UTF8, "application/json");

        using var response = await http.Client.PostAsync("/v1/messages", content, TestToken);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(("400", null, "[]"), (http.Span.GetTagItem("error.type"), http.Span.GetTagItem("gen_ai.request.model"), http.Span.GetTagItem("input.value")));
        Assert.Equal("""{"model":"claude""", http.Server.Requests[0].Body);
    }

    [Fact]
    public async Task Messages_AnswerIsTooLong_IsPassedOnAndNotKept()
    {
        const int Length = (16 * 1024 * 1024) + 1;
        await using var http = await ObservedHttp.StartAsync(addInside: static builder => builder.AddHttpMessageHandler(static () => new StubHandler(static (_, _) =>
            new HttpResponseMessage { Content = new ByteArrayContent(new byte[Length]) { Headers = { ContentType = new("application/json") } } })));

        Assert.Equal(Length, (await http.SendAsync(WireFormat.Messages, Body)).Length);

        Assert.Equal(("chat claude-sonnet-4-5", null), (http.Span.DisplayName, http.Span.GetTagItem("gen_ai.response.model")));
        Assert.Equal(1L, Assert.Single(http.Metrics.Of("aiobs.drops")).Value);
    }

    [Fact]
    public async Task Messages_AnswerIsPacked_IsPassedOnAndNotRead()
    {
        await using var http = await ObservedHttp.StartAsync(addInside: static builder => builder.AddHttpMessageHandler(static () => new StubHandler(static (_, _) =>
            new HttpResponseMessage { Content = new ByteArrayContent([31, 139, 8]) { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } } })));
        using var request = ObservedHttp.Request(WireFormat.Messages, Body, CallStyle.Async);

        using var response = await http.Client.SendAsync(request, TestToken);

        Assert.Equal([31, 139, 8], await response.Content.ReadAsByteArrayAsync(TestToken));
        Assert.Equal(("gzip", 3L), (Assert.Single(response.Content.Headers.ContentEncoding), response.Content.Headers.ContentLength));
        SpanAssert.Status(ActivityStatusCode.Unset, null, http.Span);
        Assert.Empty(http.Metrics.Of("aiobs.faults"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task Call_RepeatedByAHandler_IsAsManySpansAsThatSaysWhereItStands(bool isInside, int spans)
    {
        await using var http = await ObservedHttp.StartAsync(addInside: isInside ? Repeat : null, addOutside: isInside ? null : Repeat);
        http.Server.Enqueue(ModelReply.Fail(503), ModelReply.Say("Sunny."));

        await http.SendAsync(WireFormat.Messages, Body);

        Assert.Equal(spans, http.Spans.Spans.Count);
        Assert.Equal(
            isInside ? [(2L, null)] : [((object?)null, (object?)"503"), (null, null)],
            http.Spans.Spans.Select(static span => (span.GetTagItem("aiobs.attempt.count"), span.GetTagItem("error.type"))));
    }

    private static void Repeat(IHttpClientBuilder builder) => builder.AddResilienceHandler("repeat", static pipeline => pipeline.AddRetry(
        new HttpRetryStrategyOptions { MaxRetryAttempts = 1, Delay = TimeSpan.Zero }));
}
