namespace AiObs;

/// <summary>What of recorded content is hidden, redacted or shortened, in every convention alike.</summary>
/// <remarks>
/// The <c>Hide…</c> options are OpenInference's; each defaults to its environment variable <c>OPENINFERENCE_HIDE_…</c>, and a value
/// there that cannot be read hides. They only take away: content must first be switched on with <see cref="AgentObservabilityOptions.CaptureContent"/>.
/// </remarks>
public sealed class PrivacyOptions
{
    internal const int SmallestMaxContentLength = 16;
    internal const int SmallestHashKeyLength = 16;

    /// <summary>Gets or sets a value indicating whether everything that goes in is hidden: messages, tools, arguments, queries, texts to embed.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideInputs { get; set; }

    /// <summary>Gets or sets a value indicating whether everything that comes out is hidden: messages, results, documents.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideOutputs { get; set; }

    /// <summary>Gets or sets a value indicating whether the messages of requests are hidden.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideInputMessages { get; set; }

    /// <summary>Gets or sets a value indicating whether the messages of responses are hidden.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideOutputMessages { get; set; }

    /// <summary>Gets or sets a value indicating whether the text in messages of requests is replaced by <c>__REDACTED__</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideInputText { get; set; }

    /// <summary>Gets or sets a value indicating whether the text in messages of responses is replaced by <c>__REDACTED__</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideOutputText { get; set; }

    /// <summary>Gets or sets a value indicating whether images in messages of requests are hidden.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideInputImages { get; set; }

    /// <summary>Gets or sets a value indicating whether the tools offered to a model are hidden.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideLlmTools { get; set; }

    /// <summary>Gets or sets a value indicating whether request options such as the temperature are hidden.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideLlmInvocationParameters { get; set; }

    /// <summary>Gets or sets a value indicating whether the prompts of text completions are replaced by <c>__REDACTED__</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HidePrompts { get; set; }

    /// <summary>Gets or sets a value indicating whether the choices of text completions are replaced by <c>__REDACTED__</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideChoices { get; set; }

    /// <summary>Gets or sets a value indicating whether embedding vectors are replaced by <c>__REDACTED__</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideEmbeddingsVectors { get; set; }

    /// <summary>Gets or sets a value indicating whether the texts to embed are replaced by <c>__REDACTED__</c>.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool HideEmbeddingsText { get; set; }

    /// <summary>Gets or sets the longest data URI that is recorded, of an image or any other inline media, in characters; a longer one becomes <c>__REDACTED__</c>.</summary>
    /// <value>The default is 32,000, or what <c>OPENINFERENCE_BASE64_IMAGE_MAX_LENGTH</c> says. Must be 0 or more.</value>
    /// <remarks>Each one counts in the metric <c>aiobs.drops</c>, as <c>image_limit</c> or <c>media_limit</c>.</remarks>
    public int Base64ImageMaxLength { get; set; } = 32_000;

    /// <summary>Gets or sets how much of a single text or JSON value is recorded, in characters; a longer one is cut there and says how long it was.</summary>
    /// <value>The default is 65,536. Must be 16 or more.</value>
    /// <remarks>
    /// Redaction comes first and sees the whole value, so no secret survives in half at the cut. A JSON value that is cut becomes the
    /// object <c>{"truncated": "…", "length": …}</c>. Each cut counts in the metric <c>aiobs.drops</c>, as <c>content_limit</c>.
    /// </remarks>
    public int MaxContentLength { get; set; } = 65_536;

    /// <summary>Gets or sets how many messages of one request are recorded: the system messages that it begins with, then the latest; the others are left out.</summary>
    /// <value>The default is <see langword="null"/>: all of them. A number must be 1 or more.</value>
    /// <remarks>
    /// Each call of a model sends the whole history, so without a limit a span grows with its conversation. Counted are the messages of the request:
    /// one that holds several tool results is recorded as several. What is left out is in no event either. How many were left out stands on the span as <c>aiobs.input.unrecorded_messages</c>, and each such request counts in the metric <c>aiobs.drops</c>, as <c>message_limit</c>.
    /// A span that another library has opened for the same call has all messages, as that library writes them there too.
    /// </remarks>
    public int? MaxMessages { get; set; }

    /// <summary>Gets or sets the built-in redaction rules that recorded texts pass through.</summary>
    /// <value>The default is <see cref="RedactionRules.None"/>.</value>
    public RedactionRules RedactionRules { get; set; }

    /// <summary>Gets the built-in rules for texts of one kind, in the place of <see cref="RedactionRules"/>.</summary>
    /// <value>Empty by default: what holds for one kind holds for all.</value>
    public IDictionary<RedactionKind, RedactionRules> RedactionRulesByKind { get; private set; } = new Dictionary<RedactionKind, RedactionRules>();

    /// <summary>Gets or sets the application's own redaction, called with every recorded text, and where it stands, after the built-in rules.</summary>
    /// <value>
    /// The default is <see langword="null"/>. What it returns is recorded; for <see langword="null"/>, when it throws, and when it takes too
    /// long, <c>__REDACTED__</c> is recorded. The texts, member names and numbers of a JSON value are passed one by one.
    /// </value>
    /// <remarks>
    /// It runs in the flow of the call, on a thread apart, and must be safe to call from several at once. All redaction of a call together may take
    /// <see cref="AgentObservabilityOptions.CallbackTimeout"/>; one that hangs is not called again until it has come back. A failure counts as
    /// <c>aiobs.redaction.failed</c> on the span and in the metric <c>aiobs.faults</c>, and is logged once, without its message.
    /// </remarks>
    public Func<RedactionPlace, string, string?>? RedactText { get; set; }

    /// <summary>Gets or sets the key of the hash that stands in the place of user ids (HMAC-SHA256, the first 32 hexadecimal digits).</summary>
    /// <value>The default is <see langword="null"/>: user ids are recorded as they are. A key has at least 16 characters; keep it secret.</value>
    public string? UserIdHashKey { get; set; }

    /// <summary>Gets a value indicating whether any of the <c>Hide…</c> options is on.</summary>
    internal bool HidesAnything =>
        HideInputs || HideOutputs || HideInputMessages || HideOutputMessages || HideInputText || HideOutputText || HideInputImages
        || HideLlmTools || HideLlmInvocationParameters || HidePrompts || HideChoices || HideEmbeddingsVectors || HideEmbeddingsText;

    internal PrivacyOptions Clone()
    {
        var copy = (PrivacyOptions)MemberwiseClone();
        copy.RedactionRulesByKind = new Dictionary<RedactionKind, RedactionRules>(RedactionRulesByKind);
        return copy;
    }
}
