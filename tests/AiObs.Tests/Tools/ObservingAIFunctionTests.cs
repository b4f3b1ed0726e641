using System.Diagnostics;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

public sealed class ObservingAIFunctionTests : AgentTest
{
    private static readonly AIFunctionArguments Rome = new() { ["city"] = "Rome" };

    [Fact]
    public async Task InvokeAsync_ContentOn_WritesOneToolSpan()
    {
        await Weather().Observed(Observe()).InvokeAsync(Rome, Token);

        var span = Spans.Only("execute_tool weather");
        Assert.Equal(ActivityKind.Internal, span.Kind);
        SpanAssert.Status(ActivityStatusCode.Unset, null, span);
        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "weather",
                ["tool.description"] = "Tells the weather.",
                ["tool.parameters"] = """{"city":"Rome"}""",
                ["input.value"] = """{"city":"Rome"}""",
                ["input.mime_type"] = "application/json",
                ["output.value"] = "Sunny in Rome",
                ["output.mime_type"] = "text/plain",
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "weather",
                ["gen_ai.tool.type"] = "function",
                ["gen_ai.tool.description"] = "Tells the weather.",
                ["gen_ai.tool.call.arguments"] = """{"city":"Rome"}""",
                ["gen_ai.tool.call.result"] = "Sunny in Rome",
            },
            span);
    }

    [Fact]
    public async Task InvokeAsync_ContentOff_WritesNoContent()
    {
        await Weather().Observed(Observe(o => o.CaptureContent = ContentCapture.None)).InvokeAsync(Rome, Token);

        SpanAssert.Attributes(
            new()
            {
                ["openinference.span.kind"] = "TOOL",
                ["tool.name"] = "weather",
                ["tool.description"] = "Tells the weather.",
                ["gen_ai.operation.name"] = "execute_tool",
                ["gen_ai.tool.name"] = "weather",
                ["gen_ai.tool.type"] = "function",
                ["gen_ai.tool.description"] = "Tells the weather.",
            },
            Spans.Only());
    }

    [Fact]
    public async Task InvokeAsync_FunctionThrows_ThrowsTheSameAndMarksTheSpan()
    {
        var exception = new InvalidOperationException("secret Rome");
        var function = AIFunctionFactory.Create(string (string city) => throw exception, "weather");

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
            () => function.Observed(Observe(o => o.CaptureContent = ContentCapture.None)).InvokeAsync(Rome, Token).AsTask());

        Assert.Same(exception, thrown);
        var span = Spans.Only();
        SpanAssert.Status(ActivityStatusCode.Error, "System.InvalidOperationException", span);
        Assert.Equal("System.InvalidOperationException", span.GetTagItem("error.type"));
        Assert.DoesNotContain("secret", SpanText.Of(span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeAsync_FunctionThrowsWithContentOn_KeepsArgumentsAndHasNoResult()
    {
        var function = AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException("no weather"), "weather");

        await Assert.ThrowsAsync<InvalidOperationException>(() => function.Observed(Observe()).InvokeAsync(Rome, Token).AsTask());

        var span = Spans.Only();
        SpanAssert.Status(ActivityStatusCode.Error, "no weather", span);
        Assert.Equal("""{"city":"Rome"}""", span.GetTagItem("gen_ai.tool.call.arguments"));
        Assert.Null(span.GetTagItem("gen_ai.tool.call.result"));
        Assert.Null(span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task InvokeAsync_CallerCancels_MarksTheSpan()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var function = AIFunctionFactory.Create((CancellationToken token) => token.ThrowIfCancellationRequested(), "wait");

        await Assert.ThrowsAsync<OperationCanceledException>(() => function.Observed(Observe()).InvokeAsync(null, source.Token).AsTask());

        var span = Spans.Only();
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal("System.OperationCanceledException", span.GetTagItem("error.type"));
    }

    [Fact]
    public async Task InvokeAsync_Called_FunctionSeesTheSpanAndTheCallerItsOwn()
    {
        using var outer = new Activity("outer").Start();
        Activity? inside = null;
        var function = AIFunctionFactory.Create(
            async () =>
            {
                await Task.Yield();
                inside = Activity.Current;
            },
            "look");

        await function.Observed(Observe()).InvokeAsync(cancellationToken: Token);

        Assert.Same(outer, Activity.Current);
        Assert.Same(Spans.Only(), inside);
        Assert.Equal(outer.SpanId, inside!.ParentSpanId);
    }

    [Fact]
    public async Task InvokeAsync_CallsItself_NestsOneSpanPerCall()
    {
        AIFunction? self = null;
        var function = AIFunctionFactory.Create(
            async (int depth) => depth == 0 ? 0 : (await self!.InvokeAsync(new() { ["depth"] = depth - 1 }, Token), 1).Item2,
            "dive");
        self = function.Observed(Observe());

        await self.InvokeAsync(new() { ["depth"] = 2 }, Token);

        var spans = Spans.Spans;
        Assert.Equal(3, spans.Count);
        Assert.Equal([spans[1].SpanId, spans[2].SpanId, default], spans.Select(span => span.ParentSpanId));
    }

    [Theory]
    [InlineData(true, false, "__REDACTED__", "Sunny in Rome")]
    [InlineData(false, true, """{"city":"Rome"}""", "__REDACTED__")]
    public async Task InvokeAsync_SideHidden_HidesItInBothConventions(bool hidesInputs, bool hidesOutputs, string arguments, string result)
    {
        var root = Observe(o =>
        {
            o.Privacy.HideInputs = hidesInputs;
            o.Privacy.HideOutputs = hidesOutputs;
        });

        await Weather().Observed(root).InvokeAsync(Rome, Token);

        var span = Spans.Only();
        Assert.Equal(arguments, span.GetTagItem("input.value"));
        Assert.Equal(hidesInputs ? null : arguments, span.GetTagItem("tool.parameters"));
        Assert.Equal(hidesInputs ? null : arguments, span.GetTagItem("gen_ai.tool.call.arguments"));
        Assert.Equal(result, span.GetTagItem("output.value"));
        Assert.Equal(hidesOutputs ? null : result, span.GetTagItem("gen_ai.tool.call.result"));
    }

    [Fact]
    public async Task InvokeAsync_WithRedactor_RedactsArgumentsAndResult()
    {
        var root = Observe(o => o.Privacy.RedactText = (_, text) => text.Replace("Rome", "…", StringComparison.Ordinal));

        await Weather().Observed(root).InvokeAsync(Rome, Token);

        Assert.Equal("""{"city":"…"}""", Spans.Only().GetTagItem("gen_ai.tool.call.arguments"));
        Assert.Equal("Sunny in …", Spans.Only().GetTagItem("gen_ai.tool.call.result"));
    }

    [Fact]
    public async Task InvokeAsync_NothingListens_AllocatesNothing()
    {
        var function = new ConstantFunction();
        var observed = function.Observed(Observe(o => o.SourceName = $"{Source}-silent"));

        Assert.Equal(0, AllocationMeter.BytesPerRun(() => Discard(observed.InvokeAsync(Rome))));
        Assert.Same(ConstantFunction.Result, await observed.InvokeAsync(Rome, Token));
    }

    [Fact]
    public async Task InvokeAsync_Suppressed_LeavesNoSpan()
    {
        var observed = Weather().Observed(Observe());

        using (AgentContext.Suppress())
        {
            await observed.InvokeAsync(Rome, Token);
        }

        Assert.Empty(Spans.Started);
    }

    [Fact]
    public async Task InvokeAsync_RedactorThrows_ReturnsTheResultAndShowsNothing()
    {
        var root = Observe(o => o.Privacy.RedactText = (_, _) => throw new InvalidOperationException());

        var result = await Weather().Observed(root).InvokeAsync(Rome, Token);

        Assert.Equal("Sunny in Rome", result?.ToString());
        Assert.DoesNotContain("Rome", SpanText.Of(Spans.Only()), StringComparison.Ordinal);
    }

    private static void Discard(ValueTask<object?> result) => Assert.True(result.IsCompletedSuccessfully && result.Result is not null);

    private sealed class ConstantFunction : AIFunction
    {
        public static readonly object Result = "constant";

        public override string Name => "constant";

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(Result);
    }
}
