using System.Diagnostics;
using System.Text.Json;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>What a function returned or threw is read where its loop tells it.</summary>
public sealed class LoopResultTests : AgentTest
{
    public static TheoryData<object?, string?> Results => new()
    {
        { null, null },
        { "", null },
        { "plain", "plain" },
        { 42, "42" },
        { double.NaN, "\"NaN\"" },
        { JsonSerializer.SerializeToElement<string?>(null), null },
        { new TextContent("said"), "said" },
        {
            new AIContent[] { new TextContent("said"), new DataContent(new byte[] { 1, 2 }, "image/png") },
            """[{"type":"text","content":"said"},{"type":"blob","modality":"image","mime_type":"image/png","content":"AQI="}]"""
        },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task Run_AnyResult_IsTheSameAsThatOfAnObservedFunction(object? result, string? expected)
    {
        var root = Observe();
        using var agent = Agent(Model(), root);

        await RunAsync(agent, isStreaming: false, new ReturningFunction(result));
        await new ReturningFunction(result).Observed(root).InvokeAsync(cancellationToken: Token);

        var (inLoop, observed) = (Spans.Spans.First(IsTool), Spans.Spans.Last(IsTool));
        Assert.Equal(observed.GetTagItem("output.value"), inLoop.GetTagItem("output.value"));
        Assert.Equal(expected, inLoop.GetTagItem("output.value"));
        Assert.Equal(expected, inLoop.GetTagItem("gen_ai.tool.call.result"));
        Assert.Null(inLoop.GetTagItem("gen_ai.tool.description"));
    }

    public static TheoryData<Func<object>, string> OddResults => new()
    {
        { static () => double.NaN, "\"NaN\"" },
        { static () => new TaskCompletionSource<string>().Task, "\"[task, running]\"" },
        { static () => Enumerable.Repeat(1, int.MaxValue).Where(static _ => true), "\"[sequence, not read]\"" },
        { static () => new MemoryStream(), "\"[unserializable System.IO.MemoryStream]\"" },
        { static () => new Dictionary<string, object?> { ["day"] = DayOfWeek.Friday, ["at"] = new TimeOnly(9, 30) }, """{"day":"Friday","at":"09:30:00"}""" },
        {
            static () =>
            {
                var list = new List<object>();
                list.Add(list);
                return list;
            },
            """["[contains itself]"]"""
        },
    };

    [Theory]
    [MemberData(nameof(OddResults), DisableDiscoveryEnumeration = true)]
    public async Task Run_OddResult_IsTheSameOnEveryPath(Func<object> result, string expected)
    {
        var root = Observe();
        using var agent = Agent(Model(), root);

        await RunAsync(agent, isStreaming: false, new ReturningFunction(result()));
        await new ReturningFunction(result()).Observed(root).InvokeAsync(cancellationToken: Token);
        using (var traced = root.Tracer.StartTool("return", new ToolStart { Arguments = new Dictionary<string, object?>() }))
        {
            traced.SetResult(new ToolStop { Result = result() });
        }

        var tools = Spans.Spans.Where(IsTool).ToArray();
        Assert.Equal(3, tools.Length);
        Assert.All(tools, span => Assert.Equal((expected, expected), (span.GetTagItem("output.value"), span.GetTagItem("gen_ai.tool.call.result"))));
    }

    [Fact]
    public async Task Run_LargeImageAndLongText_AreHeldToTheLimits()
    {
        var root = Observe(o =>
        {
            o.Privacy.MaxContentLength = 1_000;
            o.Privacy.Base64ImageMaxLength = 0;
        });
        using var agent = Agent(Model(), root);
        var function = new ReturningFunction(new AIContent[] { new DataContent(new byte[60_000], "image/png"), new TextContent(new string('x', 5_000)) });

        await RunAsync(agent, isStreaming: false, function);

        var span = Spans.Spans.Single(IsTool);
        Assert.InRange(((string)span.GetTagItem("gen_ai.tool.call.result")!).Length, 1, 1_100);
        Assert.Equal(span.GetTagItem("output.value"), span.GetTagItem("gen_ai.tool.call.result"));
    }

    [Fact]
    public async Task Run_OpenInferenceAlone_HasNoGenAIKeysAndStatusOk()
    {
        using var agent = Agent(Model(), Observe(o => o.Conventions = SpanConventions.OpenInference));

        await RunAsync(agent, isStreaming: false, new ReturningFunction("fine"));

        var span = Spans.Spans.Single(IsTool);
        Assert.DoesNotContain(span.TagObjects, static tag => tag.Key.StartsWith("gen_ai.", StringComparison.Ordinal));
        SpanAssert.Status(ActivityStatusCode.Ok, null, span);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Run_FunctionThrows_WritesTheExceptionWithItsStack(bool isAgent, bool isStreaming)
    {
        var root = Observe();
        var observed = Model().UseAgentObservability(root);
        using var client = isAgent ? Loop(observed).UseAgent("helper", root) : Loop(observed);

        await RunAsync(client, isStreaming, AIFunctionFactory.Create(Fail, "return"));

        var exception = Assert.Single(Spans.Spans.Single(IsTool).Events);
        Assert.Equal("exception", exception.Name);
        var tags = exception.Tags.ToDictionary();
        Assert.Equal(("System.InvalidOperationException", "no weather"), (tags["exception.type"], tags["exception.message"]));
        Assert.Contains(nameof(Fail), (string)tags["exception.stacktrace"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"content":[{"type":"text","text":"No such city."}],"isError":true}""", "tool_error")]
    [InlineData("""{"content":[{"type":"text","text":"Sunny."}],"isError":false}""", null)]
    public async Task Run_ResultOfAServerThatFailed_IsAFailureThatKeepsItsResult(string result, string? expected)
    {
        using var agent = Agent(Model(), Observe());

        await RunAsync(agent, isStreaming: false, new ReturningFunction(JsonElement.Parse(result)));

        var span = Spans.Spans.Single(IsTool);
        Assert.Equal((expected, expected), (span.GetTagItem("error.type"), span.StatusDescription));
        Assert.Equal(result, span.GetTagItem("output.value"));
    }

    [Fact]
    public async Task Run_LoopTellsAnotherResult_ShowsWhatTheModelWasTold()
    {
        var root = Observe();
        using var agent = new CensoringLoop(Model().UseAgentObservability(root)).UseAgent("helper", root);

        await RunAsync(agent, isStreaming: false, new ReturningFunction("secret"));

        Assert.Equal("censored", Spans.Spans.Single(IsTool).GetTagItem("output.value"));
    }

    [Fact]
    public async Task Run_ModelTakesLong_ToolEndedWhenItsFunctionDid()
    {
        var entered = DateTime.MinValue;
        using var model = new StubChatClient();
        model.OnResponse = _ =>
        {
            entered = model.Calls.Count == 2 ? DateTime.UtcNow : entered;
            return Task.FromResult(model.Calls.Count == 2 ? Says("Done.") : Asks(new FunctionCallContent("c1", "return")));
        };
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming: false, new ReturningFunction("fine"));

        var span = Spans.Spans.Single(IsTool);
        Assert.InRange(span.StartTimeUtc + span.Duration, span.StartTimeUtc, entered);
    }

    private static StubChatClient Model() => StubChatClient.Scripted(Asks(new FunctionCallContent("c1", "return")), Says("Done."));

    private static string Fail() => throw new InvalidOperationException("no weather");

    private static bool IsTool(Activity span) => span.DisplayName == "execute_tool return";

    private sealed class ReturningFunction(object? result) : AIFunction
    {
        public override string Name => "return";

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) => new(result);
    }

    private sealed class CensoringLoop(IChatClient inner) : FunctionInvokingChatClient(inner)
    {
        protected override IList<ChatMessage> CreateResponseMessages(ReadOnlySpan<FunctionInvocationResult> results) =>
            [new(ChatRole.Tool, [new FunctionResultContent(results[0].CallContent.CallId, "censored")])];
    }
}
