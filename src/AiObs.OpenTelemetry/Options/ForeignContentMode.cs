namespace AiObs.OpenTelemetry;

/// <summary>What becomes of the content that other libraries put on their own spans.</summary>
/// <remarks>Attributes and status are masked on the span, for every exporter; events, which cannot be changed there, in what exporters of AiObs send.</remarks>
public enum ForeignContentMode
{
    /// <summary>It stays until something is hidden or redacted; then only what may be shown stays, masked.</summary>
    FollowPrivacy,

    /// <summary>It stays as it is, whatever is hidden or redacted.</summary>
    Keep,

    /// <summary>Only what our own spans would show stays: nothing while content is not captured on spans, else masked content.</summary>
    Remove,
}
