using AiObs.Conventions.OpenInference;

namespace AiObs.Privacy.Keys;

/// <summary>Tells what an OpenInference attribute holds that a library wrote itself.</summary>
internal static class OpenInferenceKeys
{
    private static readonly string[] StructuralLeaves =
    [
        OpenInferenceAttributes.MessageRole,
        OpenInferenceAttributes.MessageToolCallId,
        OpenInferenceAttributes.ToolCallId,
        OpenInferenceAttributes.ToolCallFunctionName,
        OpenInferenceAttributes.ContentType,
        OpenInferenceAttributes.DocumentId,
        OpenInferenceAttributes.DocumentScore,
    ];

    /// <summary>Returns the place; <see langword="null"/> for keys that hold no content.</summary>
    public static ContentPlace? PlaceOf(string key) => key switch
    {
        OpenInferenceAttributes.InputValue or OpenInferenceAttributes.RerankerQuery => ContentPlace.In(ContentKind.Opaque),
        OpenInferenceAttributes.OutputValue => ContentPlace.Out(ContentKind.Opaque),
        OpenInferenceAttributes.ToolParameters => ContentPlace.In(ContentKind.Value),
        OpenInferenceAttributes.ToolJsonSchemaLeaf => ContentPlace.In(ContentKind.Tool),
        OpenInferenceAttributes.ToolDescription => ContentPlace.Of(ContentKind.Description),
        OpenInferenceAttributes.LlmInvocationParameters or OpenInferenceAttributes.EmbeddingInvocationParameters =>
            ContentPlace.Of(ContentKind.Parameter),
        OpenInferenceAttributes.PromptTemplate or OpenInferenceAttributes.PromptTemplateVariables => ContentPlace.In(ContentKind.Opaque),
        _ => PlaceOfFlattened(key),
    };

    private static ContentPlace? PlaceOfFlattened(string key)
    {
        if (IsIn(key, OpenInferenceAttributes.LlmInputMessages))
        {
            return ContentPlace.In(KindOfLeaf(key));
        }

        if (IsIn(key, OpenInferenceAttributes.LlmOutputMessages))
        {
            return ContentPlace.Out(KindOfLeaf(key));
        }

        if (IsIn(key, OpenInferenceAttributes.Embeddings))
        {
            return key.EndsWith(OpenInferenceAttributes.EmbeddingText, StringComparison.Ordinal)
                ? ContentPlace.In(ContentKind.EmbeddingText)
                : ContentPlace.Out(ContentKind.Vector);
        }

        if (IsIn(key, OpenInferenceAttributes.LlmTools))
        {
            return ContentPlace.In(ContentKind.Tool);
        }

        return PlaceOfList(key);
    }

    private static ContentPlace? PlaceOfList(string key)
    {
        if (IsIn(key, OpenInferenceAttributes.LlmPrompts) || IsIn(key, OpenInferenceAttributes.RerankerInputDocuments))
        {
            return ContentPlace.In(ContentKind.Opaque);
        }

        var isOutput = IsIn(key, OpenInferenceAttributes.LlmChoices)
            || IsIn(key, OpenInferenceAttributes.RetrievalDocuments)
            || IsIn(key, OpenInferenceAttributes.RerankerOutputDocuments);
        if (!isOutput)
        {
            return null;
        }

        return IsStructural(key) ? ContentPlace.Of(ContentKind.Fact) : ContentPlace.Out(ContentKind.Opaque);
    }

    private static ContentKind KindOfLeaf(string key)
    {
        if (key.EndsWith(OpenInferenceAttributes.ContentImageUrl, StringComparison.Ordinal))
        {
            return ContentKind.Image;
        }

        return IsStructural(key) ? ContentKind.Label
            : key.EndsWith(OpenInferenceAttributes.MessageName, StringComparison.Ordinal) ? ContentKind.AuthorName
            : ContentKind.Leaf;
    }

    private static bool IsStructural(string key) =>
        Array.Exists(StructuralLeaves, leaf => key.EndsWith(leaf, StringComparison.Ordinal));

    private static bool IsIn(string key, string prefix) => key.StartsWith(prefix, StringComparison.Ordinal)
        && (key.Length == prefix.Length || key[prefix.Length] == '.');
}
