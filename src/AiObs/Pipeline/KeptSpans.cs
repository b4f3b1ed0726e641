using System.Diagnostics;

namespace AiObs.Pipeline;

/// <summary>Where what keeps the spans of a root and the bridge, of which either may be missing, find each other.</summary>
internal sealed class KeptSpans
{
    private volatile ISpanKeeper? _keeper;
    private volatile Func<ActivitySource, bool>? _hears;

    /// <summary>Gets or sets what keeps spans; <see langword="null"/> where nothing does.</summary>
    public ISpanKeeper? Keeper
    {
        get => _keeper;
        set => _keeper = value;
    }

    /// <summary>Gets or sets whether a bridge hands on the spans of a source of another library; <see langword="null"/> where there is none.</summary>
    public Func<ActivitySource, bool>? Hears
    {
        get => _hears;
        set => _hears = value;
    }

    public void Add(Activity span) => _keeper?.Keep(span);
}
