namespace AiObs.Cost.Usage;

/// <summary>Divides the input among media, each of which may have come from the cache in part.</summary>
/// <param name="read">The tokens that came from the cache.</param>
/// <param name="free">The tokens that neither came from a cache nor went into one.</param>
internal ref struct MediaRoom(long read, long free)
{
    private readonly bool _hasCache = read > 0;

    /// <summary>Adds the tokens of a medium, and how many of them came from the cache.</summary>
    /// <param name="draft">Where to add them.</param>
    /// <param name="units">Under which units.</param>
    /// <param name="count">The tokens of the medium.</param>
    /// <param name="cached">How many of them came from the cache, where that was reported.</param>
    /// <returns>The tokens that were added.</returns>
    public long Add(ref UsageDraft draft, MediaUnits units, long? count, long? cached)
    {
        if (count is not { } media)
        {
            return 0;
        }

        var fromCache = cached ?? Math.Max(0, media - free);
        if (fromCache > Math.Min(media, read) || media - fromCache > free)
        {
            draft.LeaveOut($"{units.Media.UsageKey} ({media}) does not fit beside the cached tokens");
            return 0;
        }

        draft.Add(units.Media, media);
        if (media > 0 && _hasCache)
        {
            AddCached(ref draft, units, media, cached, fromCache);
        }

        free -= media - fromCache;
        read -= fromCache;
        return media;
    }

    private readonly void AddCached(ref UsageDraft draft, MediaUnits units, long media, long? cached, long fromCache)
    {
        draft.Add(units.Cached, fromCache);
        if (cached is null && fromCache < Math.Min(media, read))
        {
            // The least possible is the most expensive, so the amount is not too low.
            draft.Estimate($"{units.Cached.UsageKey} was not reported; counted as {fromCache}, the least possible", units.Rate);
        }
    }
}
