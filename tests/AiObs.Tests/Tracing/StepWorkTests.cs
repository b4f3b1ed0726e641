using AiObs.TestSupport;
using AiObs.Tracing;

namespace AiObs.Tests.Tracing;

/// <summary>Chains whose work the GenAI conventions have a name for.</summary>
public sealed class StepWorkTests
{
    private static Dictionary<string, object?> Chain => new()
    {
        ["openinference.span.kind"] = "CHAIN",
        ["input.value"] = "in",
        ["input.mime_type"] = "text/plain",
        ["output.value"] = "true",
        ["output.mime_type"] = "application/json",
    };

    [Theory]
    [InlineData(GenAIProfile.V1_41, StepWork.Workflow, "invoke_workflow weekly", "gen_ai.workflow.name")]
    [InlineData(GenAIProfile.Latest, StepWork.Workflow, "invoke_workflow weekly", "gen_ai.workflow.name")]
    [InlineData(GenAIProfile.V1_41, StepWork.CreateAgent, "create_agent weekly", "gen_ai.agent.name")]
    [InlineData(GenAIProfile.Latest, StepWork.CreateAgent, "create_agent weekly", "gen_ai.agent.name")]
    [InlineData(GenAIProfile.Latest, StepWork.Plan, "plan weekly", "gen_ai.agent.name")]
    [InlineData(GenAIProfile.Latest, StepWork.CreateMemory, "create_memory", "gen_ai.memory.store.id")]
    [InlineData(GenAIProfile.Latest, StepWork.UpdateMemory, "update_memory", "gen_ai.memory.store.id")]
    [InlineData(GenAIProfile.Latest, StepWork.UpsertMemory, "upsert_memory", "gen_ai.memory.store.id")]
    [InlineData(GenAIProfile.Latest, StepWork.DeleteMemory, "delete_memory", "gen_ai.memory.store.id")]
    [InlineData(GenAIProfile.Latest, StepWork.CreateMemoryStore, "create_memory_store", "gen_ai.memory.store.id")]
    [InlineData(GenAIProfile.Latest, StepWork.DeleteMemoryStore, "delete_memory_store", "gen_ai.memory.store.id")]
    public void TraceChain_WorkWithAName_IsNamedAfterIt(GenAIProfile profile, StepWork work, string spanName, string nameKey)
    {
        using var fixture = new TracerFixture(o => o.GenAIProfile = profile);

        fixture.Tracer.TraceChain("weekly", new() { Input = "in", Work = work, Provider = "acme" }, _ => true);

        SpanAssert.Attributes(
            new(Chain)
            {
                ["gen_ai.operation.name"] = spanName.Split(' ')[0],
                ["gen_ai.provider.name"] = "acme",
                [nameKey] = "weekly",
            },
            fixture.Spans.Only(spanName));
    }

    [Fact]
    public void TraceChain_SearchOfAMemory_HasItsQuery()
    {
        using var fixture = new TracerFixture(o => o.GenAIProfile = GenAIProfile.Latest);

        fixture.Tracer.TraceChain("notes", new() { Input = "in", Work = StepWork.SearchMemory }, _ => true);

        SpanAssert.Attributes(
            new(Chain)
            {
                ["gen_ai.operation.name"] = "search_memory",
                ["gen_ai.memory.store.id"] = "notes",
                ["gen_ai.memory.query.text"] = "in",
            },
            fixture.Spans.Only("search_memory"));
    }

    [Fact]
    public void TraceChain_SearchOfAMemoryThatIsHidden_HasNoQuery()
    {
        using var fixture = new TracerFixture(o => (o.GenAIProfile, o.Privacy.HideInputs) = (GenAIProfile.Latest, true));

        fixture.Tracer.TraceChain("notes", new() { Input = "in", Work = StepWork.SearchMemory }, _ => true);

        Assert.Null(fixture.Spans.Only("search_memory").GetTagItem("gen_ai.memory.query.text"));
    }

    [Theory]
    [InlineData(StepWork.None)]
    [InlineData(StepWork.Plan)]
    [InlineData(StepWork.SearchMemory)]
    public void TraceChain_V141KnowsNoNameForTheWork_IsAPlainChain(StepWork work)
    {
        using var fixture = new TracerFixture();

        fixture.Tracer.TraceChain("weekly", new() { Input = "in", Work = work, Provider = "acme" }, _ => true);

        SpanAssert.Attributes(Chain, fixture.Spans.Only("weekly"));
    }

    [Fact]
    public void TraceGuardrail_WithWork_HasNoneOfIt()
    {
        using var fixture = new TracerFixture(o => o.GenAIProfile = GenAIProfile.Latest);

        fixture.Tracer.TraceGuardrail("weekly", new() { Input = "in", Work = StepWork.Plan }, _ => true);

        SpanAssert.Attributes(new(Chain) { ["openinference.span.kind"] = "GUARDRAIL" }, fixture.Spans.Only("weekly"));
    }

    [Fact]
    public void TraceChain_LatestWorkflow_MeasuresItsDuration()
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = GenAIProfile.Latest);

        Assert.Throws<TimeoutException>(() => root.Root.Tracer.TraceChain<int>("weekly", new() { Input = "in", Work = StepWork.Workflow }, _ =>
        {
            root.Clock.Advance(TimeSpan.FromSeconds(4));
            throw new TimeoutException();
        }));

        var duration = Assert.Single(root.Metrics.Measurements);
        Assert.Equal(("gen_ai.invoke_workflow.duration", 4.0), (duration.Name, duration.Value));
        SpanAssert.Attributes(new() { ["gen_ai.workflow.name"] = "weekly", ["error.type"] = "System.TimeoutException" }, duration.Tags);
        Assert.Equal([1, 5, 10, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200], root.Metrics.BucketBoundaries<double>("gen_ai.invoke_workflow.duration"));
    }

    [Theory]
    [InlineData(GenAIProfile.V1_41, StepWork.Workflow)]
    [InlineData(GenAIProfile.Latest, StepWork.Plan)]
    public void TraceChain_OtherWorkOrProfile_MeasuresNothing(GenAIProfile profile, StepWork work)
    {
        using var root = new ObservedRoot(o => o.GenAIProfile = profile);

        root.Root.Tracer.TraceChain("weekly", new() { Input = "in", Work = work }, _ => true);

        Assert.Empty(root.Metrics.Measurements);
    }
}
