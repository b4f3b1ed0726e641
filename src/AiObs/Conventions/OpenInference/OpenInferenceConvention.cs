using System.Diagnostics;
using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Conventions.OpenInference;

/// <summary>Writes operations under the names of OpenInference, which Arize Phoenix reads.</summary>
/// <param name="profile">The generation of the GenAI convention, whose half of the span says the same.</param>
/// <param name="writesContent">Whether content may stand on spans, so that <see cref="WriteContent"/> will be called.</param>
internal sealed class OpenInferenceConvention(GenAIProfile profile, bool writesContent) : ISpanConvention
{
    private readonly OpenInferenceChatTags _chat = new(profile, writesContent);
    private readonly OpenInferenceCompletionTags _completion = new();
    private readonly OpenInferenceDocumentTags _documents = new();
    private readonly IndexedKeys _embeddingTexts = new(OpenInferenceAttributes.Embeddings, OpenInferenceAttributes.EmbeddingText, 128);
    private readonly IndexedKeys _embeddingVectors = new(OpenInferenceAttributes.Embeddings, OpenInferenceAttributes.EmbeddingVector, 128);

    public bool FlattensContent => true;

    public void Start(AgentOperation operation, ref TagList tags)
    {
        tags.Add(OpenInferenceAttributes.SpanKind, OpenInferenceKinds.Of(operation.Kind));
        switch (operation)
        {
            case ChatOperation chat:
                OpenInferenceChatTags.Start(chat, ref tags);
                break;
            case ToolOperation tool:
                tags.Add(OpenInferenceAttributes.ToolName, tool.Name);
                break;
            case AgentRunOperation agent:
                tags.Add(OpenInferenceAttributes.AgentName, agent.Name);
                break;
        }
    }

    public void WriteResult(Activity activity, AgentOperation operation)
    {
        var tags = new SpanTags(activity, operation);
        var context = operation.Context;
        tags.Add(GenAiAttributes.SessionId, context.SessionId);
        tags.Add(GenAiAttributes.UserId, context.UserId);
        switch (operation)
        {
            case ChatOperation chat:
                _chat.WriteResult(tags, chat);
                break;
            case EmbeddingOperation embedding:
                tags.Add(OpenInferenceAttributes.EmbeddingModelName, embedding.ResponseModel ?? embedding.RequestModel);
                tags.Add(OpenInferenceAttributes.EmbeddingInvocationParameters, InvocationParameters.Write(embedding));
                tags.AddBoxed(OpenInferenceAttributes.TokenCountPrompt, embedding.Usage?.InputBox);
                tags.AddBoxed(OpenInferenceAttributes.TokenCountTotal, embedding.Usage?.TotalBox ?? embedding.Usage?.InputBox);
                OpenInferenceCostTags.Write(tags, embedding);
                break;
            case ToolOperation tool:
                tags.Add(OpenInferenceAttributes.ToolId, tool.CallId);
                tags.Add(OpenInferenceAttributes.ToolDescription, tool.Description);
                break;
            case StepOperation { IsJudged: true } judged:
                tags.Add(OpenInferenceAttributes.EvaluationName, judged.Name);
                tags.AddBoxed(OpenInferenceAttributes.EvaluationScore, judged.Score);
                tags.Add(OpenInferenceAttributes.EvaluationLabel, judged.Label);
                break;
            case PromptOperation prompt:
                tags.Add(OpenInferenceAttributes.PromptTemplateVersion, prompt.Version);
                break;
            case RerankerOperation reranker:
                tags.Add(OpenInferenceAttributes.RerankerModelName, reranker.Model);
                tags.Add(OpenInferenceAttributes.RerankerTopK, reranker.TopK);
                break;
        }

        tags.Add(OpenInferenceAttributes.Metadata, context.MetadataJson);
        tags.Add(OpenInferenceAttributes.Tags, context.Tags is { Count: > 0 } values ? [.. values] : null);
        if (!writesContent)
        {
            OpenInferenceException.Write(activity, operation, message: null);
        }
    }

    public void WriteContent(Activity activity, AgentOperation operation)
    {
        OpenInferenceException.Write(activity, operation, operation.Error?.Message);
        var tags = new SpanTags(activity, operation);
        WriteValue(tags, operation.Input, OpenInferenceAttributes.InputValue, OpenInferenceAttributes.InputMimeType);
        WriteValue(tags, operation.Output, OpenInferenceAttributes.OutputValue, OpenInferenceAttributes.OutputMimeType);
        switch (operation)
        {
            case ChatOperation { IsTextCompletion: true } completion:
                _completion.WriteContent(tags, completion);
                break;
            case ChatOperation chat:
                _chat.WriteContent(tags, chat);
                break;
            case EmbeddingOperation embedding:
                WriteEmbeddings(tags, embedding);
                break;
            case ToolOperation { Input: { IsRedacted: false } arguments }:
                tags.Add(OpenInferenceAttributes.ToolParameters, arguments.IsJson ? arguments.Text : ValueJson.Write(arguments.Text));
                break;
            case StepOperation { IsJudged: true, Explanation: { IsRedacted: false } explanation }:
                tags.Add(OpenInferenceAttributes.EvaluationExplanation, explanation.Text);
                break;
            case PromptOperation prompt:
                tags.Add(OpenInferenceAttributes.PromptTemplate, prompt.Template);
                tags.Add(OpenInferenceAttributes.PromptTemplateVariables, prompt.VariablesJson);
                break;
            case RetrieverOperation retriever:
                _documents.WriteFound(tags, retriever);
                break;
            case RerankerOperation reranker:
                _documents.WriteScored(tags, reranker);
                break;
        }
    }

    private static void WriteValue(SpanTags tags, RecordedValue? value, string valueKey, string mimeTypeKey)
    {
        if (value is null or { Text.Length: 0 })
        {
            return;
        }

        tags.Put(valueKey, value.Text);
        if (!value.IsRedacted)
        {
            tags.Put(mimeTypeKey, value.IsJson ? "application/json" : "text/plain");
        }
    }

    private void WriteEmbeddings(SpanTags tags, EmbeddingOperation embedding)
    {
        for (var i = 0; i < embedding.Texts?.Count; i++)
        {
            tags.Add(_embeddingTexts[i], embedding.Texts[i]);
        }

        if (embedding.AreVectorsHidden)
        {
            for (var i = 0; i < embedding.Count; i++)
            {
                tags.Put(_embeddingVectors[i], RecordedValue.RedactedText);
            }
        }

        for (var i = 0; i < embedding.Vectors?.Count; i++)
        {
            if (embedding.Vectors[i] is { } vector)
            {
                tags.Put(_embeddingVectors[i], vector);
            }
        }
    }
}
