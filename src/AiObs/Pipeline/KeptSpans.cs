using System.Diagnostics;

namespace AiObs.Pipeline;

/// <summary>Where what keeps the spans of a root and the bridge, of which either may be missing, find each other.</summary>
internal sealed class KeptSpans
{
    private volatile ISpanKeeper? _keeper;
    private volatile bool _isBridged;

    /// <summary>Gets or sets what keeps spans; <see langword="null"/> where nothing does.</summary>
    public ISpanKeeper? Keeper
    {
        get => _keeper;
        set => _keeper = value;
    }

    /// <summary>Gets or sets a value indicating whether a bridge hands on the spans of other libraries.</summary>
    public bool IsBridged
    {
        get => _isBridged;
        set => _isBridged = value;
    }

    public void Add(Activity span) => _keeper?.Keep(span);
}
