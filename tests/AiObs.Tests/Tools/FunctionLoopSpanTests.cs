using System.Diagnostics;
using AiObs.Tests.Chat;
using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Tools;

/// <summary>One span of ours per call of the function loop of Microsoft.Extensions.AI, in the place of the loop's own.</summary>
public sealed class FunctionLoopSpanTests : AgentTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ContentOn_WritesOneWholeToolSpan(bool isStreaming)
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe(o => o.Privacy.MaxContentLength = 1_000));

        await RunAsync(agent, isStreaming, Weather());

        SpanAssert.Attributes(WholeToolSpan(), Spans.Only("execute_tool weather"));
        Assert.Equal(
            ["chat stub-model", "execute_tool weather", "chat stub-model"], ChildrenOf(Spans.Only("invoke_agent helper")));
        Assert.Equal(4, Spans.Spans.Count);
    }

    [Fact]
    public async Task Run_ContentOff_WritesNoContent()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe(o => o.CaptureContent = ContentCapture.None));

        await RunAsync(agent, isStreaming: false, Weather());

        var expected = WholeToolSpan();
        foreach (var key in expected.Keys.Where(key => key.EndsWith("value", StringComparison.Ordinal)
            || key.EndsWith("mime_type", StringComparison.Ordinal)
            || key is "tool.parameters" or "gen_ai.tool.call.arguments" or "gen_ai.tool.call.result").ToList())
        {
            expected.Remove(key);
        }

        SpanAssert.Attributes(expected, Spans.Only("execute_tool weather"));
    }

    [Fact]
    public async Task Run_WithRedactor_NeverWritesTheRawText()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe(o => o.Privacy.RedactText = (_, text) => text.Replace("Rome", "…", StringComparison.Ordinal)));

        await RunAsync(agent, isStreaming: false, Weather());

        var span = Spans.Only("execute_tool weather");
        Assert.Equal("""{"city":"…"}""", span.GetTagItem("gen_ai.tool.call.arguments"));
        Assert.Equal("Sunny in …", span.GetTagItem("gen_ai.tool.call.result"));
        Assert.All(Spans.Spans, each => Assert.DoesNotContain("Rome", SpanText.Of(each), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TwoCallsOfOneTool_EachHasItsOwnId(bool isParallel)
    {
        using var model = StubChatClient.Scripted(
            Asks(Call("c1", "weather", "Rome"), Call("c2", "weather", "Oslo")), Says("Sunny."));
        using var agent = Agent(model, Observe(), isParallel);

        await RunAsync(agent, isStreaming: false, Weather());

        var tools = Spans.Spans.Where(span => span.DisplayName == "execute_tool weather").ToList();
        Assert.Equal(
            [("c1", """{"city":"Rome"}"""), ("c2", """{"city":"Oslo"}""")],
            tools.Select(span => ((string?)span.GetTagItem("tool.id"), (string?)span.GetTagItem("input.value"))).Order());
        Assert.All(tools, span => Assert.Equal(span.GetTagItem("tool.id"), span.GetTagItem("gen_ai.tool.call.id")));
        Assert.All(tools, span => Assert.Equal(Spans.Only("invoke_agent helper").SpanId, span.ParentSpanId));
    }

    [Fact]
    public async Task Run_EqualCallsOfAHandWrittenLoop_TakesTheIdOfTheLoopsSpanAndLeavesTheOthers()
    {
        var root = Observe();
        using var model = StubChatClient
            .Scripted(Asks(Call("c1", "weather", "Rome"), Call("c2", "weather", "Rome"), Call("c3", "weather", "Rome")))
            .UseAgentObservability(root);
        using var loop = new StubChatClient
        {
            OnResponse = async call =>
            {
                var asked = await model.GetResponseAsync(call.Messages, call.Options, Token);
                var function = (AIFunction)call.Options!.Tools![0];
                using (root.Pipeline.Source.StartActivity("execute_tool weather")!.SetTag("gen_ai.tool.call.id", "c2"))
                {
                    await function.InvokeAsync(new() { ["city"] = "Rome" }, Token);
                }

                await function.InvokeAsync(new() { ["city"] = "Rome" }, Token);
                await function.InvokeAsync(new() { ["city"] = "Rome" }, Token);

                return asked;
            },
        };
        using var agent = loop.UseAgent("helper", root);

        await RunAsync(agent, isStreaming: false, Weather().Observed(root));

        var tools = Spans.Spans.Where(span => span.DisplayName == "execute_tool weather");
        Assert.Equal(["c2", "c1", "c3"], tools.Select(span => span.GetTagItem("tool.id")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_ToolThrows_MarksItsSpanAndTheRunGoesOn(bool isStreaming)
    {
        var failing = AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException("no weather"), "weather");
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sorry."));
        using var agent = Agent(model, Observe());

        await RunAsync(agent, isStreaming, failing);

        var tool = Spans.Only("execute_tool weather");
        SpanAssert.Status(ActivityStatusCode.Error, "no weather", tool);
        Assert.Equal(["System.InvalidOperationException"], tool.TagObjects.Where(tag => tag.Key == "error.type").Select(tag => tag.Value));
        Assert.Null(tool.GetTagItem("output.value"));
        SpanAssert.Status(ActivityStatusCode.Unset, null, Spans.Only("invoke_agent helper"));
    }

    [Theory]
    [InlineData(ContentCapture.None, "System.InvalidOperationException")]
    [InlineData(ContentCapture.Events, "System.InvalidOperationException")]
    [InlineData(ContentCapture.Spans, "no weather")]
    public async Task Run_ToolThrows_ItsStatusSaysWhatItMay(ContentCapture capture, string expected)
    {
        var failing = AIFunctionFactory.Create(string (string city) => throw new InvalidOperationException("no weather"), "weather");
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sorry."));
        using var agent = Agent(model, Observe(o => o.CaptureContent = capture));

        await RunAsync(agent, isStreaming: false, failing);

        SpanAssert.Status(ActivityStatusCode.Error, expected, Spans.Only("execute_tool weather"));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Run_WithoutAgent_WritesOneWholeToolSpanUnderTheLoop(bool isObserved, bool isStreaming)
    {
        var root = Observe();
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var client = Loop(model.UseAgentObservability(root));

        await RunAsync(client, isStreaming, isObserved ? Weather().Observed(root) : Weather());

        var expected = WholeToolSpan();
        expected.Remove("gen_ai.agent.name");
        SpanAssert.Attributes(expected, Spans.Only("execute_tool weather"));
        Assert.Equal(
            ["chat stub-model", "execute_tool weather", "chat stub-model"], ChildrenOf(Spans.Only("orchestrate_tools")));
    }

    [Fact]
    public async Task Run_ConversationInOptions_ReachesTheTool()
    {
        using var model = StubChatClient.Scripted(Asks(Call("c1", "weather", "Rome")), Says("Sunny."));
        using var agent = Agent(model, Observe());

        await agent.GetResponseAsync("Hi", new ChatOptions { ConversationId = "conv-1", Tools = [Weather()] }, Token);

        Assert.Equal("conv-1", Spans.Only("execute_tool weather").GetTagItem("gen_ai.conversation.id"));
        Assert.Equal("conv-1", Spans.Only("invoke_agent helper").GetTagItem("session.id"));
    }

    private static Dictionary<string, object?> WholeToolSpan() => new()
    {
        ["openinference.span.kind"] = "TOOL",
        ["tool.name"] = "weather",
        ["tool.id"] = "c1",
        ["tool.description"] = "Tells the weather.",
        ["tool.parameters"] = """{"city":"Rome"}""",
        ["input.value"] = """{"city":"Rome"}""",
        ["input.mime_type"] = "application/json",
        ["output.value"] = "Sunny in Rome",
        ["output.mime_type"] = "text/plain",
        ["gen_ai.operation.name"] = "execute_tool",
        ["gen_ai.agent.name"] = "helper",
        ["gen_ai.tool.name"] = "weather",
        ["gen_ai.tool.type"] = "function",
        ["gen_ai.tool.description"] = "Tells the weather.",
        ["gen_ai.tool.call.id"] = "c1",
        ["gen_ai.tool.call.arguments"] = """{"city":"Rome"}""",
        ["gen_ai.tool.call.result"] = "Sunny in Rome",
    };
}
