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

    public UsageUnit this[int index] => _all[index];

    public UsageUnit? FindByUsageKey(string usageKey) => _byUsageKey.GetValueOrDefault(usageKey);

    public UsageUnit? FindByPriceKey(string priceKey) => _byPriceKey.GetValueOrDefault(priceKey);

    /// <summary>Finds the unit of what two units have in common, such as cached audio for cache and audio; none where they exclude each other.</summary>
    public UsageUnit? FindOverlap(UsageUnit first, UsageUnit second) =>
        _byDimensions.GetValueOrDefault(first.Dimensions | second.Dimensions);

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
