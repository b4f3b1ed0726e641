using System.Diagnostics;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.GenAI;

/// <summary>Writes operations under the names of the OpenTelemetry GenAI semantic conventions.</summary>
/// <remarks>Kinds that the convention has no operation for (prompt, guardrail, evaluator, reranker, chain) carry none of its keys but those of a judgement.</remarks>
/// <param name="profile">The generation of the convention.</param>
/// <param name="writesContext">Whether no other convention writes the user and the session.</param>
/// <param name="writesContent">Whether content may stand where this writes, so that <see cref="WriteContent"/> will be called.</param>
internal sealed class GenAIConvention(GenAIProfile profile, bool writesContext, bool writesContent) : ISpanConvention
{
    private readonly GenAiChatTags _chat = new(profile, writesContent);
    private readonly bool _isLatest = profile == GenAIProfile.Latest;

    public void Start(AgentOperation operation, ref TagList tags)
    {
        if (GenAiOperationNames.Of(operation) is not { } name)
        {
            return;
        }

        tags.Add(GenAiAttributes.OperationName, name);
        switch (operation)
        {
            case ModelOperation model:
                GenAiChatTags.Start(model, ref tags);
                break;
            case ToolOperation tool:
                tags.Add(GenAiAttributes.ToolName, tool.Name);
                tags.Add(GenAiAttributes.ToolType, tool.Type);
                if (tool.AgentName is { } agentName)
                {
                    tags.Add(GenAiAttributes.AgentName, agentName);
                }

                break;
            case AgentRunOperation agent:
                tags.Add(GenAiAttributes.AgentName, agent.Name);
                break;
            case RetrieverOperation retriever:
                tags.Add(GenAiAttributes.DataSourceId, retriever.Name);
                break;
            case StepOperation { Foreign: null } step:
                StartStep(step, name, ref tags);
                break;
        }
    }

    public void WriteResult(Activity activity, AgentOperation operation)
    {
        var tags = new SpanTags(activity, operation);
        if (writesContext)
        {
            tags.Add(GenAiAttributes.SessionId, operation.Context.SessionId);
            tags.Add(GenAiAttributes.UserId, operation.Context.UserId);
        }

        if (operation is StepOperation { IsJudged: true } judged)
        {
            tags.Add(GenAiAttributes.EvaluationName, judged.Name);
            tags.AddBoxed(GenAiAttributes.EvaluationScoreValue, judged.Score);
            tags.Add(GenAiAttributes.EvaluationScoreLabel, judged.Label);
        }

        if (GenAiOperationNames.Of(operation) is null)
        {
            return;
        }

        if (!tags.IsForeign)
        {
            tags.Add(GenAiAttributes.ErrorType, operation.Error?.Type);
        }

        tags.Add(GenAiAttributes.ConversationId, operation.Context.ConversationId);
        switch (operation)
        {
            case ChatOperation chat:
                _chat.WriteResult(tags, chat);
                break;
            case EmbeddingOperation embedding:
                tags.Add(GenAiAttributes.ResponseModel, embedding.ResponseModel);
                tags.Add(GenAiAttributes.EmbeddingsDimensionCount, embedding.Dimensions);
                tags.Add(GenAiAttributes.RequestEncodingFormats, embedding.EncodingFormat is { } format ? [format] : null);
                tags.AddBoxed(GenAiAttributes.UsageInputTokens, embedding.Usage?.InputBox);
                break;
            case ToolOperation tool:
                tags.Add(GenAiAttributes.ToolCallId, tool.CallId);
                tags.Add(GenAiAttributes.ToolDescription, tool.Description);
                break;
            case AgentRunOperation agent:
                WriteAgent(tags, agent);
                break;
            case RetrieverOperation retriever:
                tags.Add(_isLatest ? GenAiAttributes.RetrievalTopK : GenAiAttributes.RequestTopK, retriever.TopK);
                break;
        }
    }

    public void WriteContent(Activity activity, AgentOperation operation)
    {
        var tags = new SpanTags(activity, operation);
        switch (operation)
        {
            case ChatOperation chat:
                GenAiChatTags.WriteContent(tags, chat);
                break;
            case ToolOperation tool:
                tags.Add(GenAiAttributes.ToolCallArguments, Shown(tool.Input));
                tags.Add(GenAiAttributes.ToolCallResult, Shown(tool.Output));
                break;
            case StepOperation { IsJudged: true } judged:
                tags.Add(GenAiAttributes.EvaluationExplanation, Shown(judged.Explanation));
                break;
            case StepOperation { GenAIName: GenAiOperationNames.SearchMemory } search:
                tags.Add(GenAiAttributes.MemoryQueryText, Shown(search.Input));
                break;
            case RetrieverOperation retriever:
                tags.Add(GenAiAttributes.RetrievalQueryText, Shown(retriever.Input));
                tags.Add(GenAiAttributes.RetrievalDocuments, WriteDocuments(retriever.Documents));
                break;
        }
    }

    private static void StartStep(StepOperation step, string name, ref TagList tags)
    {
        if (step.Provider is { } provider)
        {
            tags.Add(GenAiAttributes.ProviderName, provider);
        }

        tags.Add(
            name switch
            {
                GenAiOperationNames.InvokeWorkflow => GenAiAttributes.WorkflowName,
                GenAiOperationNames.CreateAgent or GenAiOperationNames.Plan => GenAiAttributes.AgentName,
                _ => GenAiAttributes.MemoryStoreId,
            },
            step.Name);
    }

    /// <summary>Writes what was found. The older profile has no documents without an id or a score.</summary>
    private string? WriteDocuments(IReadOnlyList<RecordedDocument>? found)
    {
        RecordedDocument[] shown = [.. (found ?? []).Where(document => _isLatest
            || document is { Id: not null, Score: { } score } && double.IsFinite(score))];
        return shown.Length == 0 ? null : DocumentJson.Write(shown);
    }

    /// <summary>Returns what is not hidden: these attributes are JSON or queries, for which the placeholder would be taken.</summary>
    private static string? Shown(RecordedValue? value) => value is { IsRedacted: false } ? value.Text : null;

    private void WriteAgent(SpanTags tags, AgentRunOperation agent)
    {
        tags.Add(GenAiAttributes.AgentDescription, agent.Description);
        if (_isLatest)
        {
            // The newest convention keeps ids, versions and providers for agents that run behind a remote service.
            return;
        }

        tags.Add(GenAiAttributes.AgentId, agent.AgentId);
        tags.Add(GenAiAttributes.AgentVersion, agent.Version);
        tags.Add(GenAiAttributes.ProviderName, agent.Provider);
    }
}
