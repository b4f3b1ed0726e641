using System.Diagnostics;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Known faults around function loops and further model calls.</summary>
public sealed class LoopFaultTests : FaultTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FunctionLoop_FunctionOfTheApplication_IsTheOneThatIsInvoked(bool isStreaming)
    {
        var tool = AIFunctionFactory.Create(static () => "22", "weather");
        var client = Script.Model(2, Outcome.Answered, new()).UseAgentObservability(Root()).AsBuilder().UseFunctionInvocation(configure: loop =>
            loop.FunctionInvoker = (context, token) =>
            {
                Note("the function is the application's", ReferenceEquals(context.Function, tool));
                Note("so is the one in the options", context.Options!.Tools!.Contains(tool));
                Note("the options are of their own type", context.Options is OwnOptions);

                return context.Function.InvokeAsync(context.Arguments, token);
            }).Build().UseAgent("helper", Root());

        await AskAsync(client, isStreaming, new OwnOptions { Tools = [tool] });

        await ApproveAsync(isStreaming ? "FunctionIdentity.stream" : "FunctionIdentity.plain");
    }

    [Fact]
    public async Task FunctionLoop_StreamWithoutResponseIds_CountsAllRounds()
    {
        var tool = AIFunctionFactory.Create(static () => "22", "weather");
        var client = Script.Model(2, Outcome.Answered, new(), hasIds: false).Loop().UseAgentObservability(Root());

        await AskAsync(client, isStreaming: true, new() { Tools = [tool] });

        NoteTags(SpanNamed("chat"), "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens");
        await ApproveAsync("RoundsWithoutResponseIds");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FunctionLoop_NoAgentAround_RecordsArgumentsAndResult(bool isStreaming)
    {
        var tool = AIFunctionFactory.Create(static (string city) => $"Sunny in {city}", "weather");
        var client = Script.Model(2, Outcome.Answered, new()).UseAgentObservability(Root()).Loop();

        await AskAsync(client, isStreaming, new() { Tools = [tool] });

        NoteTags(ToolSpan, "gen_ai.tool.call.arguments", "gen_ai.tool.call.result", "input.value", "openinference.span.kind", "output.value");
        await ApproveAsync(isStreaming ? "ToolWithoutAgent.stream" : "ToolWithoutAgent.plain");
    }

    [Fact]
    public async Task ForeignSpan_SecondCallInside_HasASpanOfItsOwn()
    {
        using var source = new ActivitySource(Recorder.NewSource("theirs"));
        var client = Script.Model(1, Outcome.Answered, new()).UseAgentObservability(Root());
        KeyValuePair<string, object?>[] tags = [new("gen_ai.operation.name", "chat"), new("gen_ai.request.model", "stub-model")];
        using (source.StartActivity("chat of theirs", ActivityKind.Client, parentContext: default, tags))
        {
            await AskAsync(client);
            await AskAsync(client);
        }

        foreach (var span in Recorder.Spans.OrderBy(static span => span.StartTimeUtc))
        {
            Note(span.DisplayName, span.GetTagItem("gen_ai.usage.input_tokens"));
        }

        await ApproveAsync("SecondCallInForeignSpan");
    }

    [Fact]
    public async Task Agent_FailoverBetweenObservers_CountsTheModelCalls()
    {
        var failing = StubChatClient.Throwing(new InvalidOperationException("The first model broke."));
        var agent = new OrderedFailoverChatClient([failing.UseAgentObservability(Root()), Script.Model(1, Outcome.Answered, new()).UseAgentObservability(Root())])
            .UseAgentObservability(Root())
            .UseAgent("helper", Root());

        await AskAsync(agent);

        NoteTags(SpanNamed("invoke_agent"), "aiobs.agent.iterations");
        await ApproveAsync("FailoverIterations");
    }

    private sealed class OwnOptions : ChatOptions;
}
