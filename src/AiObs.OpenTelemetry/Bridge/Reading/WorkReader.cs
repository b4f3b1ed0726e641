using System.Diagnostics;
using AiObs.Conventions;
using AiObs.Conventions.OpenInference;
using AiObs.OpenTelemetry.Bridge.Content;
using AiObs.OpenTelemetry.Bridge.Content.Reading;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Privacy.Redaction;
using AiObs.Recording;
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
        tool.Description = tags.Text(GenAiAttributes.ToolDescription) is { } description ? pipeline.Masker.Text(tool, new(RedactionKind.ToolDescription) { Tool = tool.Name }, description) : null;
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
        agent.Foreign = DetailsOf(tags);
        agent.Name = tags.Text(GenAiAttributes.AgentName);
        agent.AgentId = tags.Text(GenAiAttributes.AgentId);
        agent.Version = tags.Text(GenAiAttributes.AgentVersion);
        agent.Description = tags.Text(GenAiAttributes.AgentDescription);
        agent.Provider = EndpointReader.Read(tags).Provider;
        MendLists(tags);
        ReadWords(agent, content);
    }

    public RetrieverOperation ReadRetriever(in ForeignTags tags, ForeignContent? content)
    {
        var retriever = new RetrieverOperation(tags.Text(GenAiAttributes.DataSourceId))
        {
            Foreign = DetailsOf(tags),
            TopK = tags.Small(GenAiAttributes.RetrievalTopK) ?? tags.Small(GenAiAttributes.RequestTopK),
        };
        retriever.Input = pipeline.Masker.Value(retriever, new(RedactionKind.Value), content?.Query);
        new DocumentRecorder(pipeline.Masker).RecordFound(retriever, content?.Documents);
        return retriever;
    }

    public StepOperation ReadStep(in ForeignTags tags, ForeignContent? content)
    {
        var step = new StepOperation(OperationKind.Chain, tags.Span.DisplayName) { Foreign = DetailsOf(tags) };
        ReadWords(step, content);
        step.Input ??= MaskOpaque(step, content?.ExecutorInput, ContentSide.Input) ?? MaskMessage(step, content?.WorkflowMessage);
        step.Output ??= MaskOpaque(step, content?.ExecutorOutput, ContentSide.Output);
        if (tags.Span.OperationName.StartsWith(SpanRoles.WorkflowRun, StringComparison.Ordinal))
        {
            step.Foreign!.GenAIName ??= GenAiOperationNames.InvokeWorkflow;
            step.WorkflowName = tags.Text(ForeignScalars.WorkflowName);
            Put(tags.Span, GenAiAttributes.WorkflowName, step.WorkflowName, _writesGenAI);
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
        var step = new StepOperation(OperationKind.Chain, tags.Span.DisplayName) { Foreign = DetailsOf(tags) };
        MendLists(tags);
        ReadWords(step, content);
        return step;
    }

    private static ForeignDetails DetailsOf(in ForeignTags tags) => new() { GenAIName = tags.Text(GenAiAttributes.OperationName) };

    /// <summary>Makes lists of the texts that some libraries write in their place, where no convention of ours does it.</summary>
    private static void MendLists(in ForeignTags tags)
    {
        foreach (var key in (ReadOnlySpan<string>)[GenAiAttributes.ResponseFinishReasons, GenAiAttributes.RequestStopSequences])
        {
            if (tags.List(key) is { } values)
            {
                tags.Span.SetTag(key, values);
            }
        }
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

        var kind = operation is not ToolOperation ? RedactionKind.Value : side == ContentSide.Output ? RedactionKind.ToolResult : RedactionKind.ToolArgument;
        var place = RedactionPlace.Of(kind, side) with { Tool = (operation as ToolOperation)?.Name };
        return pipeline.Masker.HidesAll(side) ? RecordedValue.Redacted
            : value.IsJson ? RecordedValue.Json(pipeline.Masker.Json(operation, place, value.Text))
            : RecordedValue.Plain(pipeline.Masker.Text(operation, place, value.Text));
    }

    /// <summary>Masks what one step sends to another: an output of the one and an input of the other.</summary>
    private RecordedValue? MaskMessage(AgentOperation operation, ForeignValue? value) =>
        value is not null && pipeline.Masker.HidesPart(ContentSide.Output) ? RecordedValue.Redacted : MaskOpaque(operation, value, ContentSide.Input);

    /// <summary>Masks what steps of workflows are given and make: it may be messages as well as anything else.</summary>
    private RecordedValue? MaskOpaque(AgentOperation operation, ForeignValue? value, ContentSide side) =>
        value is not null && pipeline.Masker.HidesPart(side) ? RecordedValue.Redacted : Mask(operation, value, side);

    private static void Put(Activity span, string key, string? value, bool isWanted)
    {
        if (isWanted && value is not null)
        {
            span.SetTag(key, value);
        }
    }
}
