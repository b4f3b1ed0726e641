using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;
using AiObs.Operations;

namespace AiObs.Metrics;

/// <summary>The metrics of tools and agents, the same in both profiles, and of workflows, which the newest one has.</summary>
internal sealed class AgentMetrics
{
    private readonly Histogram<double> _toolDuration;
    private readonly Histogram<double> _agentDuration;
    private readonly Histogram<long> _inferenceCalls;
    private readonly Histogram<long> _toolCalls;
    private readonly Histogram<double>? _workflowDuration;
    private readonly ToolNames _toolNames = new();

    public AgentMetrics(Meter meter, GenAIProfile profile)
    {
        _toolDuration = meter.Histogram(
            "gen_ai.execute_tool.duration", "s", "Duration of a tool execution.", tags: null, Buckets.CallSeconds);
        _agentDuration = meter.Histogram(
            "gen_ai.invoke_agent.duration", "s", "Duration of an agent run.", tags: null, Buckets.AgentSeconds);
        _inferenceCalls = meter.Histogram(
            "gen_ai.invoke_agent.inference_calls", "{inference_call}", "Model calls of an agent run, those of nested agents excluded.", tags: null, Buckets.Calls);
        _toolCalls = meter.Histogram(
            "gen_ai.invoke_agent.tool_calls", "{tool_call}", "Tool calls of an agent run, those of nested agents excluded.", tags: null, Buckets.Calls);
        _workflowDuration = profile == GenAIProfile.Latest
            ? meter.Histogram("gen_ai.invoke_workflow.duration", "s", "Duration of a workflow.", tags: null, Buckets.WorkflowSeconds)
            : null;
    }

    public bool Enabled => _toolDuration.Enabled || _agentDuration.Enabled || _inferenceCalls.Enabled || _toolCalls.Enabled
        || _workflowDuration is { Enabled: true };

    public void Record(ToolOperation tool, TagList tags)
    {
        tags.Add(GenAiAttributes.ToolName, _toolNames.Of(tool.Name));
        tags.Add(GenAiAttributes.ToolType, tool.Type);
        if (tool.AgentName is { } agentName)
        {
            tags.Add(GenAiAttributes.AgentName, agentName);
        }

        AddError(ref tags, tool);
        _toolDuration.Record(tool.Duration.TotalSeconds, tags);
    }

    public void Record(AgentRunOperation agent, TagList tags)
    {
        if (agent.Name is { } name)
        {
            tags.Add(GenAiAttributes.AgentName, name);
        }

        if (agent.Iterations is { } iterations)
        {
            _inferenceCalls.Record(iterations, tags);
        }

        if (agent.ToolCallCount is { } toolCalls)
        {
            _toolCalls.Record(toolCalls, tags);
        }

        AddError(ref tags, agent);
        _agentDuration.Record(agent.Duration.TotalSeconds, tags);
    }

    public void Record(StepOperation step, TagList tags)
    {
        if (_workflowDuration is null || GenAiOperationNames.Of(step) != GenAiOperationNames.InvokeWorkflow)
        {
            return;
        }

        if (step.WorkflowName is { } name)
        {
            tags.Add(GenAiAttributes.WorkflowName, name);
        }

        AddError(ref tags, step);
        _workflowDuration.Record(step.Duration.TotalSeconds, tags);
    }

    private static void AddError(ref TagList tags, AgentOperation operation)
    {
        if (operation.Error is { } error)
        {
            tags.Add(GenAiAttributes.ErrorType, error.Type);
        }
    }
}
