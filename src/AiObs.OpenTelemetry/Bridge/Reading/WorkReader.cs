using System.Diagnostics;
using AiObs.Chat;
using AiObs.Conventions.GenAI;
using AiObs.Conventions.OpenInference;
using AiObs.OpenTelemetry.Bridge.Content;
using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy;
using AiObs.Tracing;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Bridge.Reading;

/// <summary>Makes operations of the spans of other libraries for tools, agents, searches and steps.</summary>
internal sealed class WorkReader(OperationPipeline pipeline)
{
    private readonly LastWords _words = new(pipeline.Masker, pipeline.Faults);
    private readonly bool _writesGenAI = pipeline.Options.Conventions.HasFlag(SpanConventions.GenAI);
    private readonly bool _writesOpenInference = pipeline.Options.Conventions.HasFlag(SpanConventions.OpenInference);

    public ToolOperation ReadTool(in ForeignTags tags, ForeignContent? content)
    {
        var tool = new ToolOperation(NameOfTool(tags.Span)) { CallId = tags.Text(GenAiAttributes.ToolCallId) };
        tool.Type = tags.Text(GenAiAttributes.ToolType) ?? tool.Type;
        tool.Description = tags.Text(GenAiAttributes.ToolDescription) is { } description ? pipeline.Masker.Text(tool, description) : null;
        tool.Input = Mask(tool, content?.Arguments, ContentSide.Input);
        tool.Output = Mask(tool, content?.Result, ContentSide.Output);
        return tool;
    }

    /// <summary>Returns the name of the tool that a tool span is about.</summary>
    public static string NameOfTool(Activity span)
    {
        if (span.GetTagItem(GenAiAttributes.ToolName) is string { Length: > 0 } name)
        {
            return name;
        }

        const string Prefix = GenAiOperationNames.ExecuteTool + " ";
        return span.OperationName.StartsWith(Prefix, StringComparison.Ordinal) ? span.OperationName[Prefix.Length..] : span.DisplayName;
    }

    /// <summary>Completes what was counted while the agent ran.</summary>
    public void ReadAgent(in ForeignTags tags, AgentRunOperation agent, ForeignContent? content)
    {
        agent.GenAIName = tags.Text(GenAiAttributes.OperationName);
        agent.Name = tags.Text(GenAiAttributes.AgentName);
        agent.AgentId = tags.Text(GenAiAttributes.AgentId);
        agent.Version = tags.Text(GenAiAttributes.AgentVersion);
        agent.Description = tags.Text(GenAiAttributes.AgentDescription);
        agent.Provider = EndpointReader.Read(tags).Provider;
        if (tags.List(GenAiAttributes.ResponseFinishReasons) is { } reasons)
        {
            // The conventions do not write it for agents, and libraries that do often write it as a text.
            tags.Span.SetTag(GenAiAttributes.ResponseFinishReasons, reasons);
        }

        ReadWords(agent, content);
    }

    public RetrieverOperation ReadRetriever(in ForeignTags tags, ForeignContent? content)
    {
        var retriever = new RetrieverOperation(tags.Text(GenAiAttributes.DataSourceId))
        {
            GenAIName = tags.Text(GenAiAttributes.OperationName),
            TopK = tags.Small(GenAiAttributes.RetrievalTopK) ?? tags.Small(GenAiAttributes.RequestTopK),
        };
        retriever.Input = pipeline.Masker.Value(retriever, content?.Query, ContentSide.Input);
        retriever.Documents = content?.Documents is { } found
            ? new DocumentRecorder(pipeline.Masker).Record(retriever, found, ContentSide.Output)
            : null;
        return retriever;
    }

    public StepOperation ReadStep(in ForeignTags tags, ForeignContent? content)
    {
        var step = new StepOperation(OperationKind.Chain, tags.Span.DisplayName) { GenAIName = tags.Text(GenAiAttributes.OperationName) };
        step.Input = Mask(step, content?.ExecutorInput ?? content?.WorkflowMessage, ContentSide.Input);
        step.Output = Mask(step, content?.ExecutorOutput, ContentSide.Output);
        if (tags.Span.OperationName.StartsWith(SpanRoles.WorkflowRun, StringComparison.Ordinal))
        {
            step.GenAIName ??= GenAiOperationNames.InvokeWorkflow;
            Put(tags.Span, GenAiAttributes.WorkflowName, tags.Text(ForeignScalars.WorkflowName), _writesGenAI);
        }
        else
        {
            Put(tags.Span, OpenInferenceAttributes.GraphNodeId, tags.Text(ForeignScalars.ExecutorId), _writesOpenInference);
        }

        return step;
    }

    /// <summary>Reads a model span that stands around others which own its tokens: what was asked and answered is all that is left of it.</summary>
    public StepOperation ReadLayer(in ForeignTags tags, ForeignContent? content)
    {
        var step = new StepOperation(OperationKind.Chain, tags.Span.DisplayName) { GenAIName = tags.Text(GenAiAttributes.OperationName) };
        ReadWords(step, content);
        return step;
    }

    private void ReadWords(AgentOperation operation, ForeignContent? content)
    {
        operation.Input = content?.Input is { } input ? _words.Read(operation, [.. input], ChatRole.User, ContentSide.Input) : null;
        operation.Output = content?.Output is { } output ? _words.Read(operation, [.. output], ChatRole.Assistant, ContentSide.Output) : null;
    }

    private RecordedValue? Mask(AgentOperation operation, ForeignValue? value, ContentSide side)
    {
        if (value is null)
        {
            return null;
        }

        return pipeline.Masker.HidesAll(side) ? RecordedValue.Redacted
            : value.IsJson ? RecordedValue.Json(pipeline.Masker.Json(operation, value.Text))
            : RecordedValue.Plain(pipeline.Masker.Text(operation, value.Text));
    }

    private static void Put(Activity span, string key, string? value, bool isWanted)
    {
        if (isWanted && value is not null)
        {
            span.SetTag(key, value);
        }
    }
}
