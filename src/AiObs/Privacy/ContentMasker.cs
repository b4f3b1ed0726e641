using AiObs.Operations;
using AiObs.Operations.Content;
using AiObs.Privacy.Redaction;

namespace AiObs.Privacy;

/// <summary>The one gate between what applications and models say and what may be shown: hides, redacts and shortens, once, before anybody hears of it.</summary>
/// <remarks>Content is redacted whole and shortened afterwards, so that the cut never leaves half a secret that no rule knows any more.</remarks>
internal sealed class ContentMasker
{
    private readonly PrivacyOptions _options;
    private readonly TextRedactor _redactor;
    private readonly ContentLimit _limit;

    public ContentMasker(AgentObservabilityOptions root, Faults faults)
    {
        var options = root.Privacy;
        Records = root.CaptureContent != ContentCapture.None;
        _options = options;
        _redactor = new TextRedactor(options, root.CallbackTimeout, faults);
        _limit = new ContentLimit(options.MaxContentLength, faults);
        Media = new MediaMasker(options, _redactor, faults);
    }

    /// <summary>Gets a value indicating whether content is recorded anywhere at all.</summary>
    public bool Records { get; }

    /// <summary>Gets a value indicating whether anything at all is hidden or redacted.</summary>
    public bool IsAtWork => _redactor.IsActive || _options.HidesAnything;

    /// <summary>Gets a value indicating whether content is redacted.</summary>
    public bool Redacts => _redactor.IsActive;

    /// <summary>Gets a value indicating whether any part of content is hidden.</summary>
    public bool HidesAnything => _options.HidesAnything;

    /// <summary>Gets what masks images, audio, video and documents.</summary>
    public MediaMasker Media { get; }

    /// <summary>Gets how many messages of a request are recorded; <see langword="null"/> for all.</summary>
    public int? MaxMessages => _options.MaxMessages;

    public bool HidesTools => _options.HideInputs || _options.HideLlmTools;

    public bool HidesInvocationParameters => _options.HideLlmInvocationParameters;

    public bool HidesVectors => _options.HideEmbeddingsVectors || _options.HideOutputs;

    /// <summary>Tells whether any of what goes that way is hidden, so that content of unknown shape must be hidden whole.</summary>
    public bool HidesPart(ContentSide side) => HidesMessages(side) || (side == ContentSide.Input
        ? _options.HideInputText || _options.HideInputImages || _options.HidePrompts || _options.HideEmbeddingsText
        : _options.HideOutputText || _options.HideChoices);

    public bool HidesAll(ContentSide side) => side == ContentSide.Input ? _options.HideInputs : _options.HideOutputs;

    public bool HidesMessages(ContentSide side) => HidesAll(side)
        || (side == ContentSide.Input ? _options.HideInputMessages : _options.HideOutputMessages);

    /// <summary>Tells whether the text of messages is hidden; the prompts and choices of text completions are messages too.</summary>
    public bool HidesMessageText(AgentOperation operation, ContentSide side)
    {
        var isCompletion = operation is ChatOperation { IsTextCompletion: true };
        return side == ContentSide.Input
            ? _options.HideInputText || (isCompletion && _options.HidePrompts)
            : _options.HideOutputText || (isCompletion && _options.HideChoices);
    }

    /// <summary>Masks the text of a message.</summary>
    public string MessageText(AgentOperation operation, in RedactionPlace place, string text) =>
        HidesMessageText(operation, place.Side) ? RecordedValue.RedactedText : Text(operation, place, text);

    /// <summary>Masks a JSON document that stands in the place of a message's text.</summary>
    public RecordedValue MessageJson(AgentOperation operation, in RedactionPlace place, string json) =>
        HidesMessageText(operation, place.Side) ? RecordedValue.Redacted : RecordedValue.Json(Json(operation, place, json));

    /// <summary>Masks a JSON document of which nobody here knows where it holds what: where images are hidden, whatever speaks of one is hidden whole.</summary>
    public RecordedValue UnknownJson(AgentOperation operation, in RedactionPlace place, string json) =>
        Media.HidesImages(place.Side) && json.Contains("image", StringComparison.OrdinalIgnoreCase)
            ? RecordedValue.Redacted
            : MessageJson(operation, place, json);

    /// <summary>Masks a text to embed.</summary>
    public string EmbeddingText(AgentOperation operation, string text) =>
        _options.HideEmbeddingsText || _options.HideInputs ? RecordedValue.RedactedText : Text(operation, new(RedactionKind.EmbeddingText), text);

    /// <summary>Masks any other text.</summary>
    public string Text(AgentOperation operation, in RedactionPlace place, string text) => _limit.Text(_redactor.Text(operation, place, text));

    /// <summary>Masks the texts inside a JSON document; the result is a JSON document again.</summary>
    public string Json(AgentOperation operation, in RedactionPlace place, string json) => _limit.Json(_redactor.Json(operation, place, json));

    /// <summary>Redacts a text that is no content and stands wherever a call does: a name, a tag, an option of a request.</summary>
    public string Redact(AgentOperation? operation, in RedactionPlace place, string text) => _redactor.Text(operation, place, text);

    /// <summary>Redacts texts that are no content, before there is an operation; all of them together may take as long as one.</summary>
    public string[] Redact(RedactionPlace place, IEnumerable<string> texts)
    {
        if (!Redacts)
        {
            return [.. texts];
        }

        var step = new StepOperation(OperationKind.Chain, "request");
        return [.. texts.Select(text => Redact(step, place, text))];
    }

    /// <summary>Redacts the texts inside a JSON document that is no content.</summary>
    public string RedactJson(AgentOperation operation, in RedactionPlace place, string json) => _redactor.Json(operation, place, json);

    /// <summary>Masks a whole input or output; <see langword="null"/> when content is not recorded or there is none.</summary>
    public RecordedValue? Value(AgentOperation operation, in RedactionPlace place, object? value)
    {
        if (!Records || value is null)
        {
            return null;
        }

        if (HidesAll(place.Side))
        {
            return RecordedValue.Redacted;
        }

        return value is string text
            ? RecordedValue.Plain(Text(operation, place, text))
            : RecordedValue.Json(Json(operation, place, ValueJson.Write(value)));
    }

    /// <summary>Masks an exception's message; <see langword="null"/> unless nothing at all is hidden, because providers quote what they were sent.</summary>
    public string? ExceptionMessage(AgentOperation operation, string message) =>
        Records && !_options.HidesAnything ? Text(operation, new(RedactionKind.Error, IsOutput: true), message) : null;
}
