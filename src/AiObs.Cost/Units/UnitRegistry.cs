namespace AiObs.Cost.Units;

/// <summary>All units that usage and prices may name, in the order of a receipt's lines: input, output, others; a container before its parts.</summary>
internal sealed class UnitRegistry
{
    private const int MostUnits = 64;

    private static readonly Lazy<UnitRegistry> Embedded = new(static () => new(UnitReader.Read(EmbeddedPrices.ReadUnits())));

    private readonly UsageUnit[] _all;
    private readonly Dictionary<string, UsageUnit> _byUsageKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UsageUnit> _byPriceKey = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, UsageUnit> _byDimensions = [];

    public UnitRegistry(IEnumerable<UnitDefinition> definitions)
    {
        UnitDefinition[] ordered = [.. definitions];
        Array.Sort(ordered, UnitDefinition.Compare);
        if (ordered.Length > MostUnits)
        {
            throw new InvalidDataException($"The unit registry has {ordered.Length} units; sets of units are kept in {MostUnits} bits.");
        }

        _all = new UsageUnit[ordered.Length];
        for (var index = 0; index < ordered.Length; index++)
        {
            var unit = Place(ordered[index], index, ordered);
            _all[index] = unit;
            _byUsageKey.Add(unit.UsageKey, unit);
            _byPriceKey.Add(unit.PriceKey, unit);
            _byDimensions.Add(unit.Dimensions, unit);
        }

        Requests = _byUsageKey["requests"];
        InputTokens = _byUsageKey["input_tokens"];
        AudioSeconds = _byUsageKey["audio_seconds"];
        InputAudioSeconds = _byUsageKey["input_audio_seconds"];
        CacheWrites = _byUsageKey["cache_write_tokens"];
        MinuteWrites = _byUsageKey["cache_write_5m_tokens"];
        HourWrites = _byUsageKey["cache_write_1h_tokens"];
        PricedApart = HourWrites.Bit | HourWrites.Parts
            | AllOf("input_audio_tokens", "input_image_tokens", "input_video_tokens", "output_audio_tokens", "output_image_tokens", "output_video_tokens");
        PricedNearly = AllOf("cache_read_tokens", "cache_write_tokens", "output_citation_tokens") & ~PricedApart & ~MinuteWrites.Bit & ~HourWrites.Bit;
    }

    /// <summary>Gets the registry that comes with the package.</summary>
    public static UnitRegistry Default => Embedded.Value;

    public IReadOnlyList<UsageUnit> All => _all;

    /// <summary>Gets the unit that counts one for every call.</summary>
    public UsageUnit Requests { get; }

    /// <summary>Gets the unit that chooses the tier of all rates.</summary>
    public UsageUnit InputTokens { get; }

    public UsageUnit AudioSeconds { get; }

    public UsageUnit InputAudioSeconds { get; }

    /// <summary>Gets the unit of all cache writes, whatever their lifetime.</summary>
    public UsageUnit CacheWrites { get; }

    /// <summary>Gets the unit of the cache writes that last an hour.</summary>
    public UsageUnit HourWrites { get; }

    /// <summary>Gets the unit of the cache writes that last five minutes.</summary>
    public UsageUnit MinuteWrites { get; }

    /// <summary>Gets the units that nobody bills at the rate of the whole, so that an amount without a rate for them is none: other media than text, and writes that last an hour.</summary>
    public ulong PricedApart { get; }

    /// <summary>Gets the units whose rate, where it is not known, is not far from that of the whole: the cache, and citations.</summary>
    public ulong PricedNearly { get; }

    public UsageUnit this[int index] => _all[index];

    public UsageUnit? FindByUsageKey(string usageKey) => _byUsageKey.GetValueOrDefault(usageKey);

    public UsageUnit? FindByPriceKey(string priceKey) => _byPriceKey.GetValueOrDefault(priceKey);

    /// <summary>Finds the unit of what two units have in common, such as cached audio for cache and audio; none where they exclude each other.</summary>
    public UsageUnit? FindOverlap(UsageUnit first, UsageUnit second) =>
        _byDimensions.GetValueOrDefault(first.Dimensions | second.Dimensions);

    private ulong AllOf(params ReadOnlySpan<string> usageKeys)
    {
        var bits = 0UL;
        foreach (var key in usageKeys)
        {
            bits |= _byUsageKey[key].Bit | _byUsageKey[key].Parts;
        }

        return bits;
    }

    private static UsageUnit Place(UnitDefinition unit, int index, UnitDefinition[] all) => new()
    {
        UsageKey = unit.UsageKey,
        PriceKey = unit.PriceKey,
        Per = unit.Per,
        Family = unit.Family,
        Direction = unit.Direction,
        Dimensions = unit.Dimensions,
        Index = index,
        Containers = BitsOf(all, other => other.Contains(unit)),
        Parts = BitsOf(all, unit.Contains),
    };

    private static ulong BitsOf(UnitDefinition[] all, Func<UnitDefinition, bool> belongs)
    {
        var bits = 0UL;
        for (var index = 0; index < all.Length; index++)
        {
            bits |= belongs(all[index]) ? 1UL << index : 0;
        }

        return bits;
    }
}
