using System.Diagnostics;
using System.Text;
using AiObs.Cost;
using AiObs.Operations;
using AiObs.TestSupport;
using FakeModelServer;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.OpenAI.Tests.Http;

/// <summary>Streams as they are read, left, cut and cancelled.</summary>
public sealed class HttpStreamTests
{
    private const string Body = """{"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"Weather?"}]}""";

    public static TheoryData<WireFormat> Formats => [WireFormat.ChatCompletions, WireFormat.Messages, WireFormat.Ollama];

    private static CancellationToken TestToken => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Stream_Read_DelaysNoPieceAndChangesNoByte(WireFormat format)
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        var hasSeenFirst = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        http.Server.Enqueue(
            ModelReply.Say("Sun", "ny.") with
            {
                // The server sends the second piece only when the caller has the first.
                BeforePiece = (index, token) => index == 0 ? Task.CompletedTask : hasSeenFirst.Task.WaitAsync(token),
            },
            ModelReply.Say("Sun", "ny."));

        var text = new StringBuilder();
        await using (var stream = await http.OpenAsync(format, Body))
        {
            text.Append(await ObservedHttp.ReadUntilAsync(stream, "Sun"));
            hasSeenFirst.SetResult();
            using var reader = new StreamReader(stream);
            text.Append(await reader.ReadToEndAsync(TestToken));
        }

        using var plain = new HttpClient { BaseAddress = http.Server.BaseAddress };
        using var request = ObservedHttp.Request(format, Body, CallStyle.Streamed);
        using var response = await plain.SendAsync(request, TestToken);
        Assert.Equal(SameOf(await response.Content.ReadAsStringAsync(TestToken)), SameOf(text.ToString()));
        Assert.Equal(("completed", "Sunny."), (http.Span.GetTagItem("aiobs.stream.outcome"), http.Span.GetTagItem("output.value")));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Stream_Abandoned_EndsWithWhatCameAndIsPricedByEstimate(WireFormat format)
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent, static builder => builder.AddCostTracking());
        http.Server.Enqueue(Endless);

        await using (var stream = await http.OpenAsync(format, Body))
        {
            await ObservedHttp.ReadUntilAsync(stream, "Sun");
            Assert.Empty(http.Spans.Spans);
        }

        SpanAssert.Status(ActivityStatusCode.Unset, null, http.Span);
        Assert.Equal(("abandoned", "Sun"), (http.Span.GetTagItem("aiobs.stream.outcome"), http.Span.GetTagItem("output.value")));
        Assert.NotEqual(CostCompleteness.Exact, Assert.Single((await http.Root.Costs!.Store.ListAsync(CostQuery.All, TestToken)).Records).Completeness);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Stream_ConnectionCut_IsAFailureWithWhatCame(WireFormat format)
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent);
        http.Server.Enqueue(ModelReply.Say("Sun", "never") with { CutAfterPieces = 1 });

        await using var stream = await http.OpenAsync(format, Body);
        using var reader = new StreamReader(stream);
        var thrown = await Assert.ThrowsAnyAsync<Exception>(() => reader.ReadToEndAsync(TestToken));

        Assert.Equal(
            (thrown.GetType().FullName, "failed", "Sun"),
            (http.Span.GetTagItem("error.type"), http.Span.GetTagItem("aiobs.stream.outcome"), http.Span.GetTagItem("output.value")));
        Assert.Equal(ActivityStatusCode.Error, http.Span.Status);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Stream_FailsInTheMiddle_IsAFailureThatTheCallerReadsAsItIs(WireFormat format)
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(ModelReply.Say("Sun", "never") with { Error = new ModelError { AfterPieces = 1, Type = "overloaded_error", Message = "Too much." } });

        await using var stream = await http.OpenAsync(format, Body);
        using var reader = new StreamReader(stream);
        var text = await reader.ReadToEndAsync(TestToken);

        Assert.Contains("Too much.", text, StringComparison.Ordinal);
        Assert.Equal(
            (format == WireFormat.Ollama ? "error" : "overloaded_error", "failed"), (http.Span.GetTagItem("error.type"), http.Span.GetTagItem("aiobs.stream.outcome")));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Stream_CancelledWhileItHangs_IsCancelled(WireFormat format)
    {
        await using var http = await ObservedHttp.StartAsync();
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestToken);
        http.Server.Enqueue(Endless);

        await using var stream = await http.OpenAsync(format, Body);
        await ObservedHttp.ReadUntilAsync(stream, "Sun");
        var pending = stream.ReadAtLeastAsync(new byte[4096], 4096, cancellationToken: cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pending);

        Assert.Equal("cancelled", http.Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Fact]
    public async Task Stream_BudgetRunsOut_EndsCleanly()
    {
        await using var http = await ObservedHttp.StartAsync(ObservedHttp.WithContent, static builder => builder.AddCostTracking(static options =>
            options.Budgets.Add(new() { Name = "all", TokenLimit = 400, EndStreams = true })));
        http.Server.Enqueue(ModelReply.Say([.. Enumerable.Repeat("one two three four five six seven eight ", 400)]));

        var text = await http.SendAsync(WireFormat.Messages, Body, CallStyle.Streamed);

        Assert.DoesNotContain("message_stop", text, StringComparison.Ordinal);
        Assert.Equal("budget", http.Span.GetTagItem("aiobs.stream.outcome"));
    }

    [Fact]
    public async Task Stream_UnderWay_LeavesTheCallersActivityAlone()
    {
        await using var http = await ObservedHttp.StartAsync();
        http.Server.Enqueue(ModelReply.Say("Sun", "ny."));
        using var outer = new Activity("outer").Start();

        await using (var stream = await http.OpenAsync(WireFormat.Messages, Body))
        {
            Assert.Same(outer, Activity.Current);
            await ObservedHttp.ReadUntilAsync(stream, "Sun");
            Assert.Same(outer, Activity.Current);
        }

        Assert.Same(outer, Activity.Current);
        Assert.Equal(outer.SpanId, http.Span.ParentSpanId);
    }

    private static ModelReply Endless => ModelReply.Say("Sun", "never") with
    {
        BeforePiece = static (index, token) => index == 0 ? Task.CompletedTask : new TaskCompletionSource().Task.WaitAsync(token),
    };

    /// <summary>Leaves out the number and the time of a request, by which two alike differ.</summary>
    private static string SameOf(string text) => System.Text.RegularExpressions.Regex.Replace(
        text, "fake00000[12]|\"created(_at)?\":(\"[^\"]*\"|[0-9]+)|\"obfuscation\":\"[^\"]*\"", "");
}
