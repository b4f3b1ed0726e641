using System.Diagnostics;
using AiObs.Privacy;

namespace AiObs.OpenTelemetry.Backends.Masking;

/// <summary>What is masked of the batch that an exporter sends in the current flow.</summary>
internal sealed class SentMasks
{
    private readonly AsyncLocal<IReadOnlyDictionary<ActivitySpanId, MaskedEvents>?> _current = new();

    /// <summary>Gets or sets what is masked, by span, which may be nothing; <see langword="null"/> where no batch is known.</summary>
    public IReadOnlyDictionary<ActivitySpanId, MaskedEvents>? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }
}
