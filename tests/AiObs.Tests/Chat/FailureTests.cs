using System.Diagnostics;
using System.Net;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Chat;

public sealed class FailureTests
{
    private const string ExceptionType = "System.InvalidOperationException";

    public static TheoryData<string> Places => ["at the call", "in the task"];

    [Theory]
    [MemberData(nameof(Places))]
    public async Task GetResponseAsync_InnerThrows_MarksTheSpanAndRethrowsTheSameInstance(string place)
    {
        var exception = new InvalidOperationException("canary");
        using var chat = new ObservedChat(Failing(place, exception));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Same(exception, thrown);
        SpanAssert.Attributes(new(ExpectedTags.Both) { ["error.type"] = ExceptionType }, chat.Span);
        SpanAssert.Status(ActivityStatusCode.Error, ExceptionType, chat.Span);
        Assert.Empty(new CanaryScan("canary").Search(chat.Spans.Spans).Hits);
    }

    [Fact]
    public async Task GetResponseAsync_InnerThrows_KeepsTheStackOfTheInnerClient()
    {
        using var chat = new ObservedChat(new StubChatClient { OnResponse = async _ => await ThrowDeepInsideAsync() });

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Contains(nameof(ThrowDeepInsideAsync), thrown.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_InnerThrowsWithContentCaptured_SaysTheMessage()
    {
        using var chat = new ObservedChat(StubChatClient.Throwing(new InvalidOperationException("Too long.")), ObservedChat.WithContent);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        SpanAssert.Status(ActivityStatusCode.Error, "Too long.", chat.Span);
        Assert.NotNull(chat.Span.GetTagItem("gen_ai.input.messages"));
    }

    [Fact]
    public async Task GetResponseAsync_InnerThrowsWithContentForEventsAlone_KeepsTheMessageOffTheSpan()
    {
        using var chat = new ObservedChat(
            StubChatClient.Throwing(new InvalidOperationException("canary")), o => o.CaptureContent = ContentCapture.Events);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Empty(new CanaryScan("canary").Search(chat.Spans.Spans).Hits);
    }

    [Theory]
    [InlineData(ContentCapture.None)]
    [InlineData(ContentCapture.Spans)]
    public async Task GetResponseAsync_InnerThrows_AddsOneExceptionEventWithoutTheMessageInItsStack(ContentCapture capture)
    {
        using var chat = new ObservedChat(
            new StubChatClient { OnResponse = async _ => await ThrowDeepInsideAsync() }, o => o.CaptureContent = capture);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        var recorded = Assert.Single(chat.Span.Events);
        Assert.Equal("exception", recorded.Name);
        var expected = new Dictionary<string, object?>
        {
            ["exception.type"] = ExceptionType,
            ["exception.stacktrace"] = AnyValue.Of<string>(),
        };
        if (capture == ContentCapture.Spans)
        {
            expected["exception.message"] = "canary";
        }

        SpanAssert.Attributes(expected, recorded.Tags);
        var stack = (string)recorded.Tags.Single(tag => tag.Key == "exception.stacktrace").Value!;
        Assert.Contains(nameof(ThrowDeepInsideAsync), stack, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", stack, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_InnerThrowsWithGenAIAlone_AddsNoSpanEvent()
    {
        using var chat = new ObservedChat(
            StubChatClient.Throwing(new InvalidOperationException("a")), o => o.Conventions = SpanConventions.GenAI);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Empty(chat.Span.Events);
        SpanAssert.Attributes(new(ExpectedTags.GenAI) { ["error.type"] = ExceptionType }, chat.Span);
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41)]
    [InlineData(GenAIProfile.Latest)]
    public async Task GetResponseAsync_InnerThrows_HasNoFinishReasonInEitherConvention(GenAIProfile profile)
    {
        using var chat = new ObservedChat(StubChatClient.Throwing(new InvalidOperationException("a")), o => o.GenAIProfile = profile);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Null(chat.Span.GetTagItem("gen_ai.response.finish_reasons"));
        Assert.Null(chat.Span.GetTagItem("llm.finish_reason"));
    }

    [Fact]
    public async Task GetResponseAsync_HttpFailure_NamesTheStatusCode()
    {
        using var chat = new ObservedChat(
            StubChatClient.Throwing(new HttpRequestException("a", null, HttpStatusCode.TooManyRequests)));

        await Assert.ThrowsAsync<HttpRequestException>(() => chat.AskAsync());

        Assert.Equal("429", chat.Span.GetTagItem("error.type"));
        SpanAssert.Status(ActivityStatusCode.Error, "System.Net.Http.HttpRequestException", chat.Span);
    }

    [Fact]
    public async Task GetResponseAsync_HttpFailureWithoutStatus_NamesTheType()
    {
        using var chat = new ObservedChat(StubChatClient.Throwing(new HttpRequestException("a")));

        await Assert.ThrowsAsync<HttpRequestException>(() => chat.AskAsync());

        Assert.Equal("System.Net.Http.HttpRequestException", chat.Span.GetTagItem("error.type"));
    }

    [Theory]
    [InlineData("rate_limit", "rate_limit")]
    [InlineData(null, ExceptionType)]
    public async Task GetResponseAsync_ErrorTypeMapped_UsesTheMappingOrTheDefault(string? mapped, string expected)
    {
        using var chat = new ObservedChat(
            StubChatClient.Throwing(new InvalidOperationException("a")), o => o.MapErrorType = _ => mapped);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Equal(expected, chat.Span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task GetResponseAsync_ErrorMappingThrows_FallsBackToTheTypeAndCountsAFault()
    {
        using var chat = new ObservedChat(
            StubChatClient.Throwing(new InvalidOperationException("a")), o => o.MapErrorType = _ => throw new FormatException("b"));
        using var metrics = new MetricCollector(chat.Source);

        await Assert.ThrowsAsync<InvalidOperationException>(() => chat.AskAsync());

        Assert.Equal(ExceptionType, chat.Span.GetTagItem("error.type"));
        Assert.Equal("error", metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task MapErrorType_Hangs_LeavesTheDefaultAfterTheLimit()
    {
        using var release = new ManualResetEventSlim();
        using var root = new ObservedRoot(o =>
        {
            o.CallbackTimeout = TimeSpan.FromMilliseconds(50);
            o.MapErrorType = _ =>
            {
                release.Wait(HangGuard.Limit);
                return "late";
            };
        });
        using var stub = StubChatClient.Throwing(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => root.AskAsync(stub));
        release.Set();

        Assert.Equal("System.InvalidOperationException", root.Spans.Only().GetTagItem("error.type"));
        Assert.Equal("error", root.Metrics.Only("aiobs.faults").Tags["aiobs.part"]);
    }

    [Fact]
    public async Task GetResponseAsync_ExceptionWhoseMessageThrows_IsStillAnError()
    {
        using var chat = new ObservedChat(StubChatClient.Throwing(new UnspeakableException()), ObservedChat.WithContent);

        // Not with Assert.ThrowsAsync, which reads the message.
        await AskAndCatchAsync<UnspeakableException>(chat);

        Assert.Equal(ActivityStatusCode.Error, chat.Span.Status);
        Assert.Equal(typeof(UnspeakableException).FullName, chat.Span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task GetResponseAsync_NullMessages_LeavesTheArgumentErrorToTheInnerClient()
    {
        var exception = new ArgumentNullException("messages");
        using var chat = new ObservedChat(StubChatClient.Throwing(exception));

        var thrown = await Assert.ThrowsAsync<ArgumentNullException>(
            () => chat.Client.GetResponseAsync((IEnumerable<ChatMessage>)null!, null, TestContext.Current.CancellationToken));

        Assert.Same(exception, thrown);
        Assert.Empty(chat.Spans.Started);
    }

    private static async Task AskAndCatchAsync<TException>(ObservedChat chat)
        where TException : Exception
    {
        try
        {
            await chat.AskAsync();
        }
        catch (TException)
        {
            return;
        }

        Assert.Fail("Nothing was thrown.");
    }

    private static StubChatClient Failing(string place, Exception exception) => place == "at the call"
        ? StubChatClient.Throwing(exception)
        : new() { OnResponse = _ => Task.FromException<ChatResponse>(exception) };

    private static async Task<ChatResponse> ThrowDeepInsideAsync()
    {
        await Task.Yield();
        throw new InvalidOperationException("canary");
    }

    private sealed class UnspeakableException : Exception
    {
        public override string Message => throw new InvalidOperationException("a");
    }
}
