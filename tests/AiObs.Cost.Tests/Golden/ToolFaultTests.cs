using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Faults that tool spans inside of an agent and its loop once had.</summary>
public sealed class ToolFaultTests : FaultTest
{
    private const string Tool = "execute_tool";
    private const string GenAIResult = "gen_ai.tool.call.result";
    private const string OpenInferenceResult = "output.value";

    [Fact]
    public async Task Tool_Throws_LeavesNoResult()
    {
        await RunAsync(Failing());

        NoteTags(ToolSpan, GenAIResult, OpenInferenceResult);
        await ApproveAsync("ResultOfFailingTool");
    }

    [Fact]
    public async Task Tool_Throws_LeavesTheException()
    {
        await RunAsync(Failing());

        Note("exceptions", string.Join(' ', ToolSpan.Events
            .Where(static item => item.Name == "exception")
            .Select(static item => item.Tags.Single(static tag => tag.Key == "exception.type").Value)));
        await ApproveAsync("ExceptionOfFailingTool");
    }

    [Fact]
    public async Task Tool_ResultLongerThanTheLimit_IsShortenedInBothConventions()
    {
        await RunAsync(AIFunctionFactory.Create(static () => new string('a', 5_000), "weather"), static options => options.Privacy.MaxContentLength = 1_000);

        Note("GenAI keeps more than the limit", TextOf(Tool, GenAIResult).Length > 1_500);
        Note("OpenInference keeps more than the limit", TextOf(Tool, OpenInferenceResult).Length > 1_500);
        await ApproveAsync("LongToolResult");
    }

    [Fact]
    public async Task Tool_ResultThatIsNotANumber_IsTheSameInBothConventions()
    {
        await RunAsync(AIFunctionFactory.Create(static () => double.NaN, "weather"));

        Note("the conventions agree", TextOf(Tool, GenAIResult) == TextOf(Tool, OpenInferenceResult));
        await ApproveAsync("ResultThatIsNotANumber");
    }

    [Fact]
    public async Task Tool_WithoutDescription_SaysNothingOfIt()
    {
        await RunAsync(AIFunctionFactory.Create(static () => "22", "weather"));

        NoteTags(ToolSpan, "gen_ai.tool.description", "tool.description");
        await ApproveAsync("ToolWithoutDescription");
    }

    private static AIFunction Failing() => AIFunctionFactory.Create(string () => throw new InvalidOperationException("The tool broke."), "weather");

    private async Task RunAsync(AIFunction tool, Action<AgentObservabilityOptions>? configure = null)
    {
        var root = Root(configure);
        var agent = Script.Model(2, Outcome.Answered, new()).UseAgentObservability(root).Loop().UseAgent("helper", root);

        await AskAsync(agent, options: new() { Tools = [tool] });
    }
}
