using AiObs.Conventions;
using AiObs.Conventions.OpenInference;

namespace AiObs.Privacy.Keys;

/// <summary>Tells from its key what an attribute holds, whoever wrote it.</summary>
internal static class ContentKeys
{
    /// <summary>Tells whether an attribute holds something that was said, and no fact about it.</summary>
    public static bool IsContent(string key) => PlaceOf(key).Kind is not (
        ContentKind.Fact or ContentKind.Unknown or ContentKind.Description or ContentKind.Context or ContentKind.Parameter or ContentKind.User);

    public static ContentPlace PlaceOf(string key)
    {
        if (key.StartsWith("gen_ai.", StringComparison.Ordinal))
        {
            return PlaceOfGenAi(key);
        }

        return PlaceOfOwn(key)
            ?? OpenInferenceKeys.PlaceOf(key)
            ?? OtherLanguageKeys.PlaceOf(key)
            ?? ContentPlace.Of(Namespaces.IsKnown(key) ? ContentKind.Fact : ContentKind.Unknown);
    }

    private static ContentPlace PlaceOfGenAi(string key) => key switch
    {
        GenAiAttributes.InputMessages => ContentPlace.In(ContentKind.Messages),
        GenAiAttributes.OutputMessages => ContentPlace.Out(ContentKind.Messages),
        GenAiAttributes.SystemInstructions => ContentPlace.In(ContentKind.Instructions),
        GenAiAttributes.ToolDefinitions => ContentPlace.In(ContentKind.Tools),
        GenAiAttributes.ToolDescription or GenAiAttributes.AgentDescription => ContentPlace.Of(ContentKind.Description),
        GenAiAttributes.ToolCallArguments => ContentPlace.In(ContentKind.Value),
        GenAiAttributes.ToolCallResult => ContentPlace.Out(ContentKind.Value),
        GenAiAttributes.RetrievalQueryText or GenAiAttributes.MemoryQueryText => ContentPlace.In(ContentKind.Value),
        GenAiAttributes.RetrievalDocuments or ForeignAttributes.MemoryRecords => ContentPlace.Out(ContentKind.Documents),
        ForeignAttributes.Prompt => ContentPlace.In(ContentKind.Prose),
        ForeignAttributes.Completion => ContentPlace.Out(ContentKind.Prose),
        ForeignAttributes.EventContent or GenAiAttributes.EvaluationExplanation => ContentPlace.Of(ContentKind.Opaque),
        GenAiAttributes.RequestModel or GenAiAttributes.RequestStream or GenAiAttributes.RequestPreviousResponseId =>
            ContentPlace.Of(ContentKind.Fact),
        GenAiAttributes.OutputType => ContentPlace.Of(ContentKind.Parameter),
        _ => PlaceByPrefix(key),
    };

    private static ContentPlace PlaceByPrefix(string key)
    {
        if (key.StartsWith("gen_ai.request.", StringComparison.Ordinal) || key.StartsWith("gen_ai.openai.request.", StringComparison.Ordinal))
        {
            return ContentPlace.Of(ContentKind.Parameter);
        }

        if (key.StartsWith(GenAiAttributes.PromptVariablePrefix, StringComparison.Ordinal) || IsNumbered(key, ForeignAttributes.Prompt))
        {
            return ContentPlace.In(ContentKind.Opaque);
        }

        return IsNumbered(key, ForeignAttributes.Completion)
            ? ContentPlace.Out(ContentKind.Opaque)
            : ContentPlace.Of(Namespaces.IsKnown(key) ? ContentKind.Fact : ContentKind.UnknownGenAi);
    }

    /// <summary>Tells members of a flattened list: <c>gen_ai.prompt.0.content</c>, as opposed to <c>gen_ai.prompt.name</c>.</summary>
    private static bool IsNumbered(string key, string prefix) => key.Length > prefix.Length + 1
        && key.StartsWith(prefix, StringComparison.Ordinal)
        && key[prefix.Length] == '.'
        && char.IsAsciiDigit(key[prefix.Length + 1]);

    private static ContentPlace? PlaceOfOwn(string key) => key switch
    {
        ForeignAttributes.ExecutorInput => ContentPlace.In(ContentKind.Opaque),
        ForeignAttributes.ExecutorOutput => ContentPlace.Out(ContentKind.Opaque),
        ForeignAttributes.WorkflowMessage => ContentPlace.Of(ContentKind.Opaque),
        ForeignAttributes.WorkflowDescription or ForeignAttributes.WorkflowDefinition => ContentPlace.Of(ContentKind.Description),
        ForeignAttributes.ErrorMessage or GenAiAttributes.ExceptionMessage or GenAiAttributes.ExceptionStackTrace =>
            ContentPlace.Of(ContentKind.Error),
        OpenInferenceAttributes.Tags or OpenInferenceAttributes.Metadata => ContentPlace.Of(ContentKind.Context),
        GenAiAttributes.UserId or ForeignAttributes.EndUserId => ContentPlace.Of(ContentKind.User),
        _ => null,
    };
}
