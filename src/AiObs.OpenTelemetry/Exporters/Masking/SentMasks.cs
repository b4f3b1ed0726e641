using System.Diagnostics;
using AiObs.OpenTelemetry.Bridge.Content.Guarding;

namespace AiObs.OpenTelemetry.Exporters.Masking;

/// <summary>What is masked of the batch that an exporter sends in the current flow.</summary>
internal sealed class SentMasks
{
    private readonly AsyncLocal<IReadOnlyDictionary<ActivitySpanId, MaskedEvents>?> _current = new();

    /// <summary>Gets or sets what is masked, by span; <see langword="null"/> where nothing is.</summary>
    public IReadOnlyDictionary<ActivitySpanId, MaskedEvents>? Current
    {
        get => _current.Value;
        set => _current.Value = value;
    }
}
