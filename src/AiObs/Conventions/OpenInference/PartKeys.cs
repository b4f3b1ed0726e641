namespace AiObs.Conventions.OpenInference;

/// <summary>The flattened keys of the parts and tool calls of one message.</summary>
internal sealed class PartKeys
{
    private const int Capacity = 16;

    public PartKeys(string message)
    {
        var contents = $"{message}.{OpenInferenceAttributes.MessageContents}";
        Type = new(contents, OpenInferenceAttributes.ContentType, Capacity);
        Text = new(contents, OpenInferenceAttributes.ContentText, Capacity);
        ImageUrl = new(contents, OpenInferenceAttributes.ContentImageUrl, Capacity);
        AudioUrl = new(contents, OpenInferenceAttributes.ContentAudioUrl, Capacity);
        VideoUrl = new(contents, OpenInferenceAttributes.ContentVideoUrl, Capacity);
        Signature = new(contents, OpenInferenceAttributes.ContentSignature, Capacity);
        Data = new(contents, OpenInferenceAttributes.ContentData, Capacity);
        Encrypted = new(contents, OpenInferenceAttributes.ContentEncrypted, Capacity);

        var calls = $"{message}.{OpenInferenceAttributes.MessageToolCalls}";
        CallId = new(calls, OpenInferenceAttributes.ToolCallId, Capacity);
        CallName = new(calls, OpenInferenceAttributes.ToolCallFunctionName, Capacity);
        CallArguments = new(calls, OpenInferenceAttributes.ToolCallFunctionArguments, Capacity);
    }

    public IndexedKeys Type { get; }

    public IndexedKeys Text { get; }

    public IndexedKeys ImageUrl { get; }

    public IndexedKeys AudioUrl { get; }

    public IndexedKeys VideoUrl { get; }

    public IndexedKeys Signature { get; }

    public IndexedKeys Data { get; }

    public IndexedKeys Encrypted { get; }

    public IndexedKeys CallId { get; }

    public IndexedKeys CallName { get; }

    public IndexedKeys CallArguments { get; }
}
