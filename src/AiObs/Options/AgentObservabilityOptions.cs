using System.Diagnostics;
using AiObs.Operations;

namespace AiObs;

/// <summary>What is observed, under which names, and what of it may be shown.</summary>
/// <remarks>Code beats the configuration section <see cref="SectionName"/>, which beats environment variables, which beat the defaults.</remarks>
public sealed class AgentObservabilityOptions
{
    /// <summary>The configuration section that options are bound from: <c>AgentObservability</c>.</summary>
    public const string SectionName = "AgentObservability";

    /// <summary>The name of the activity source and the meter unless <see cref="SourceName"/> says otherwise: <c>AiObs</c>.</summary>
    public const string DefaultSourceName = "AiObs";

    internal static readonly TimeSpan ShortestCallbackTimeout = TimeSpan.FromMilliseconds(10);
    internal static readonly TimeSpan LongestCallbackTimeout = TimeSpan.FromMinutes(1);

    private readonly List<ISpanConvention> _customConventions = [];
    private readonly List<IUsageReader> _usageReaders = [];

    /// <summary>Gets or sets a value indicating whether anything is observed.</summary>
    /// <value>The default is <see langword="true"/>. A change in configuration takes effect on the next call.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>Gets or sets the name of the activity source and of the meter.</summary>
    /// <value>The default is <c>AiObs</c>. Must not be empty.</value>
    public string SourceName { get; set; } = DefaultSourceName;

    /// <summary>Gets or sets the built-in conventions that spans are written in.</summary>
    /// <value>The default is <see cref="SpanConventions.All"/>. With <see cref="SpanConventions.None"/>, <see cref="AddConvention"/> must have been called.</value>
    public SpanConventions Conventions { get; set; } = SpanConventions.All;

    /// <summary>Gets or sets the generation of the OpenTelemetry GenAI conventions.</summary>
    /// <value>
    /// The default is <see cref="GenAIProfile.V1_41"/>, or <see cref="GenAIProfile.Latest"/> when the environment variable
    /// <c>OTEL_SEMCONV_STABILITY_OPT_IN</c> contains <c>gen_ai_latest_experimental</c>.
    /// </value>
    public GenAIProfile GenAIProfile { get; set; }

    /// <summary>Gets or sets where content may be recorded.</summary>
    /// <value>The default is <see cref="ContentCapture.None"/>, or what <c>OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT</c> says.</value>
    /// <remarks>Anything but <see cref="ContentCapture.None"/> puts what users and models say into telemetry; see <see cref="Privacy"/> for hiding parts of it.</remarks>
    public ContentCapture CaptureContent { get; set; }

    /// <summary>Gets what of recorded content is hidden, redacted or shortened.</summary>
    public PrivacyOptions Privacy { get; private set; } = new();

    /// <summary>Gets or sets a value indicating whether each model call writes the log record <c>gen_ai.client.inference.operation.details</c>.</summary>
    /// <value>The default is <see langword="false"/>, or what <c>OTEL_INSTRUMENTATION_GENAI_EMIT_EVENT</c> says.</value>
    public bool EmitOperationDetails { get; set; }

    /// <summary>Gets the keys of <c>ChatOptions.AdditionalProperties</c> that are recorded as <c>aiobs.request.{key}</c>, where content stands on spans.</summary>
    /// <value>Empty by default: additional properties can hold anything.</value>
    public IList<string> RecordedAdditionalProperties { get; private set; } = [];

    /// <summary>Gets the keys of <see cref="AgentContext"/> metadata that become tags of every metric, such as <c>feature</c> or <c>tenant</c>.</summary>
    /// <value>Empty by default. Name only keys with few values: every combination is a time series.</value>
    public IList<string> MetricMetadataKeys { get; private set; } = [];

    /// <summary>Gets the keys of <see cref="AgentContext"/> metadata that stand on events, under <c>metadata</c>, and on cost records.</summary>
    /// <value>Empty by default: metadata can hold anything, and events and records may be kept for good. At most 256 characters of a value are kept.</value>
    /// <remarks>Name no keys of personal data: neither an erasure of content nor one of ids takes them away. Redaction applies.</remarks>
    public IList<string> RecordedMetadataKeys { get; private set; } = [];

    /// <summary>Gets or sets a value indicating whether the tags of <see cref="AgentContext"/> stand on events, under <c>tags</c>.</summary>
    /// <value>The default is <see langword="false"/>. Cost records have them in any case.</value>
    public bool RecordTags { get; set; }

    /// <summary>Gets or sets a value indicating whether model calls that took several HTTP requests say how many, and which of them failed.</summary>
    /// <value>
    /// The default is <see langword="true"/>: .NET's measurements of HTTP requests are listened to. Where the root has it off, nothing is;
    /// one client can only switch it off for itself.
    /// </value>
    public bool RecordAttempts { get; set; } = true;

    /// <summary>Gets or sets a value indicating whether the metric <c>aiobs.ratelimit.remaining</c> shows what providers say is left of their rate limits.</summary>
    /// <value>The default is <see langword="false"/>. With it, .NET's diagnostics of HTTP responses are listened to. The root decides; one client cannot set it for itself.</value>
    public bool RecordRateLimits { get; set; }

    /// <summary>Gets the baggage that <see cref="AgentContextPropagator"/> sends with HTTP requests: <c>aiobs.conversation_id</c>, <c>aiobs.user_id</c>, <c>aiobs.session_id</c>, <c>aiobs.tags</c>.</summary>
    /// <value>Empty by default: nothing leaves the process. User ids go as they are, whatever <see cref="PrivacyOptions.UserIdHashKey"/> says.</value>
    public IList<string> SentBaggage { get; private set; } = [];

    /// <summary>Gets the baggage of incoming requests that stands in where no <see cref="AgentContext"/> says anything; the same keys.</summary>
    /// <value>Empty by default. Budgets and costs go by users, so name keys only where all callers can be trusted.</value>
    public IList<string> ReceivedBaggage { get; private set; } = [];

    /// <summary>
    /// Gets or sets how long a call waits for code of the application's own: for all redaction of one operation together, and for each run of a convention of your own,
    /// of <see cref="Enrich"/>, of <see cref="MapErrorType"/>, of <c>EventOptions.Redact</c> and of <c>CostTrackingOptions.MapUsage</c>. Then it goes on without it.
    /// </summary>
    /// <value>The default is 2 seconds. Must be between 10 milliseconds and 1 minute.</value>
    /// <remarks>
    /// Such code runs on threads apart, since none can be stopped from outside. What hangs is not run again until it has come back: texts are hidden, tags are missing,
    /// and the built-in mapping of usage and the default of <c>error.type</c> hold. Each time counts in the metric <c>aiobs.faults</c>.
    /// </remarks>
    public TimeSpan CallbackTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets what <c>error.type</c> says of an exception; a <see langword="null"/> result leaves it to the default.</summary>
    /// <value>By default the HTTP status where the exception carries one, else the exception's full type name.</value>
    public Func<Exception, string?>? MapErrorType { get; set; }

    /// <summary>Gets or sets what else to write on a span, called once before it ends and after all conventions.</summary>
    public Action<Activity, AgentOperation>? Enrich { get; set; }

    /// <summary>Adds a convention of the application's own, beside the built-in ones that <see cref="Conventions"/> names.</summary>
    /// <param name="convention">The convention.</param>
    /// <exception cref="ArgumentNullException"><paramref name="convention"/> is <see langword="null"/>.</exception>
    public void AddConvention(ISpanConvention convention)
    {
        ArgumentNullException.ThrowIfNull(convention);
        _customConventions.Add(convention);
    }

    /// <summary>Adds what reads the usage from a provider's own objects, asked before the built-in readers for the SDKs of OpenAI, with package <c>AiObs.OpenAI</c>, and of Anthropic.</summary>
    /// <param name="reader">The reader.</param>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is <see langword="null"/>.</exception>
    public void AddUsageReader(IUsageReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        _usageReaders.Add(reader);
    }

    /// <summary>Returns the readers that <see cref="AddUsageReader"/> added.</summary>
    internal IReadOnlyList<IUsageReader> GetUsageReaders() => _usageReaders;

    /// <summary>Returns the conventions that <see cref="AddConvention"/> added; a method, because configuration binds properties.</summary>
    internal IReadOnlyList<ISpanConvention> GetCustomConventions() => _customConventions;

    /// <summary>Returns a copy that shares nothing mutable with this.</summary>
    internal AgentObservabilityOptions Clone()
    {
        var copy = new AgentObservabilityOptions
        {
            Enabled = Enabled,
            SourceName = SourceName,
            Conventions = Conventions,
            GenAIProfile = GenAIProfile,
            CaptureContent = CaptureContent,
            Privacy = Privacy.Clone(),
            EmitOperationDetails = EmitOperationDetails,
            RecordedAdditionalProperties = [.. RecordedAdditionalProperties],
            MetricMetadataKeys = [.. MetricMetadataKeys],
            RecordedMetadataKeys = [.. RecordedMetadataKeys],
            RecordTags = RecordTags,
            RecordAttempts = RecordAttempts,
            RecordRateLimits = RecordRateLimits,
            SentBaggage = [.. SentBaggage],
            ReceivedBaggage = [.. ReceivedBaggage],
            CallbackTimeout = CallbackTimeout,
            MapErrorType = MapErrorType,
            Enrich = Enrich,
        };
        copy._customConventions.AddRange(_customConventions);
        copy._usageReaders.AddRange(_usageReaders);
        return copy;
    }
}
