using AiObs.Operations;
using AiObs.Operations.Content;

namespace AiObs.Privacy;

/// <summary>The one gate between what applications and models say and what may be shown: hides, redacts and shortens, once, before anybody hears of it.</summary>
internal sealed class ContentMasker
{
    private readonly PrivacyOptions _options;
    private readonly TextRedactor _redactor;

    public ContentMasker(ContentCapture capture, PrivacyOptions options, Faults faults)
    {
        Records = capture != ContentCapture.None;
        _options = options;
        _redactor = new TextRedactor(options, faults);
    }

    /// <summary>Gets a value indicating whether content is recorded anywhere at all.</summary>
    public bool Records { get; }

    /// <summary>Gets a value indicating whether content would be recorded exactly as it is, up to its length.</summary>
    public bool RecordsEverything => Records && !_redactor.IsActive && !AnythingIsHidden;

    public bool HidesTools => _options.HideInputs || _options.HideLlmTools;

    public bool HidesInvocationParameters => _options.HideLlmInvocationParameters;

    public bool HidesVectors => _options.HideEmbeddingsVectors || _options.HideOutputs;

    private bool AnythingIsHidden =>
        _options.HideInputs || _options.HideOutputs || _options.HideInputMessages || _options.HideOutputMessages
        || _options.HideInputText || _options.HideOutputText || _options.HideInputImages;

    public bool HidesAll(ContentSide side) => side == ContentSide.Input ? _options.HideInputs : _options.HideOutputs;

    public bool HidesMessages(ContentSide side) => HidesAll(side)
        || (side == ContentSide.Input ? _options.HideInputMessages : _options.HideOutputMessages);

    /// <summary>Masks the text of a message.</summary>
    public string MessageText(AgentOperation operation, string text, ContentSide side) =>
        HidesMessageText(side) ? RecordedValue.RedactedText : Text(operation, text);

    /// <summary>Masks the prompt or the choice of a text completion, which is a message too.</summary>
    public string CompletionText(AgentOperation operation, string text, ContentSide side) =>
        (side == ContentSide.Input ? _options.HidePrompts : _options.HideChoices)
            ? RecordedValue.RedactedText
            : MessageText(operation, text, side);

    /// <summary>Masks a text to embed.</summary>
    public string EmbeddingText(AgentOperation operation, string text) =>
        _options.HideEmbeddingsText || _options.HideInputs ? RecordedValue.RedactedText : Text(operation, text);

    /// <summary>Masks any other text.</summary>
    public string Text(AgentOperation operation, string text) =>
        ContentLimit.Text(_redactor.Text(operation, text), _options.MaxContentLength);

    /// <summary>Masks the strings inside a JSON document; the result is a JSON document again.</summary>
    public string Json(AgentOperation operation, string json) =>
        ContentLimit.Json(_redactor.Json(operation, json), _options.MaxContentLength);

    /// <summary>Masks an image's address or data URI; <see langword="null"/> when images are hidden.</summary>
    public string? ImageUri(string uri, ContentSide side)
    {
        if (side == ContentSide.Input && _options.HideInputImages)
        {
            return null;
        }

        var isTooLong = uri.Length > _options.Base64ImageMaxLength
            && uri.StartsWith("data:image/", StringComparison.OrdinalIgnoreCase)
            && uri.Contains("base64", StringComparison.OrdinalIgnoreCase);
        return isTooLong ? RecordedValue.RedactedText : uri;
    }

    /// <summary>Masks the address or data URI of audio, video or a document; inline bytes have the same limit as images.</summary>
    public string MediaUri(string uri) =>
        uri.Length > _options.Base64ImageMaxLength && uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
            ? RecordedValue.RedactedText
            : uri;

    /// <summary>Masks a whole input or output; <see langword="null"/> when content is not recorded or there is none.</summary>
    public RecordedValue? Value(AgentOperation operation, object? value, ContentSide side)
    {
        if (!Records || value is null)
        {
            return null;
        }

        if (HidesAll(side))
        {
            return RecordedValue.Redacted;
        }

        return value switch
        {
            string text => RecordedValue.Plain(Text(operation, text)),
            IFormattable and not Enum and (int or long or double or decimal or float or DateTime or DateTimeOffset or Guid) =>
                RecordedValue.Json(ValueJson.Write(value)),
            _ => RecordedValue.Json(Json(operation, ValueJson.Write(value))),
        };
    }

    /// <summary>Masks an exception's message; <see langword="null"/> unless inputs and outputs alike may be shown, because providers quote both.</summary>
    public string? ExceptionMessage(AgentOperation operation, string message) =>
        Records && !AnythingIsHidden ? Text(operation, message) : null;

    private bool HidesMessageText(ContentSide side) => side == ContentSide.Input ? _options.HideInputText : _options.HideOutputText;
}
