using System.Numerics;
using AiObs.Cost.Units;

namespace AiObs.Cost;

/// <summary>How much of each unit a call used. Counts are inclusive: cached, audio and reasoning tokens are parts of input and output.</summary>
public sealed class UsageQuantities : IEquatable<UsageQuantities>
{
    // Sums of so many units as there are stay far from the limits of 64 bits.
    private const long MostCount = 1L << 52;

    // Either of the two: most calls report whole numbers, and prices are computed from them several times as fast as from decimals.
    private readonly long[]? _counts;
    private UsageQuantity[]? _all;

    /// <summary>Initializes a new instance of the <see cref="UsageQuantities"/> class.</summary>
    /// <param name="quantities">The quantities, each unit once.</param>
    /// <exception cref="ArgumentException">A usage key is unknown or stands there twice.</exception>
    public UsageQuantities(IEnumerable<UsageQuantity> quantities)
    {
        ArgumentNullException.ThrowIfNull(quantities);
        var given = quantities as UsageQuantity[] ?? [.. quantities];
        foreach (var (usageKey, value) in given)
        {
            var unit = UnitRegistry.Default.FindByUsageKey(usageKey) ?? throw new ArgumentException(DescribeUnknown(usageKey), nameof(quantities));
            if ((Reported & unit.Bit) != 0)
            {
                throw new ArgumentException($"The usage key \"{usageKey}\" stands there twice; add its quantities up.", nameof(quantities));
            }

            Reported |= unit.Bit;
            Used |= value > 0 ? unit.Bit : 0;
            Negative |= value < 0 ? unit.Bit : 0;
        }

        _all = new UsageQuantity[given.Length];
        foreach (var (usageKey, value) in given)
        {
            var unit = UnitRegistry.Default.FindByUsageKey(usageKey)!;
            _all[PlaceOf(unit)] = new(unit.UsageKey, value);
        }
    }

    /// <summary>Initializes a new instance of the <see cref="UsageQuantities"/> class without looking anything up.</summary>
    /// <param name="reported">The units that were reported.</param>
    /// <param name="counts">The counts, none of them negative, each at the index of its unit.</param>
    internal UsageQuantities(ulong reported, ReadOnlySpan<long> counts)
    {
        Reported = reported;
        AreCounts = true;
        _counts = new long[BitOperations.PopCount(reported)];
        for (var (place, rest) = (0, reported); rest != 0; place++, rest &= rest - 1)
        {
            var index = BitOperations.TrailingZeroCount(rest);
            var count = counts[index];
            Used |= count > 0 ? 1UL << index : 0;
            AreCounts &= count <= MostCount;
            _counts[place] = count;
        }
    }

    /// <summary>Gets the usage of a call of which nothing is known.</summary>
    public static UsageQuantities Empty { get; } = new([]);

    /// <summary>Gets the quantities that were reported: the input first, then the output, then others.</summary>
    public IReadOnlyList<UsageQuantity> All => Quantities;

    /// <summary>Gets a value indicating whether nothing was reported.</summary>
    internal bool IsEmpty => Reported == 0;

    /// <summary>Gets the units that were reported, zero included.</summary>
    internal ulong Reported { get; }

    /// <summary>Gets the units of which more than zero was reported.</summary>
    internal ulong Used { get; }

    /// <summary>Gets a value indicating whether all quantities are whole numbers, none of them negative or so large that sums of them could overflow.</summary>
    internal bool AreCounts { get; }

    /// <summary>Gets the units that no call can have used.</summary>
    internal ulong Negative { get; }

    private UsageQuantity[] Quantities => _all ??= Expand(_counts!);

    /// <summary>Gets the quantity of a unit; <see langword="null"/> when it was not reported.</summary>
    /// <param name="unit">The usage key.</param>
    public decimal? this[string unit]
    {
        get
        {
            foreach (var quantity in Quantities)
            {
                if (quantity.Unit == unit)
                {
                    return quantity.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Gets the quantity of a unit; <see langword="null"/> when it was not reported.</summary>
    internal decimal? this[UsageUnit unit] => (Reported & unit.Bit) == 0 ? null : ValueOf<decimal>(unit);

    /// <summary>Says whether another usage has the same quantities.</summary>
    /// <param name="other">The other usage.</param>
    /// <returns><see langword="true"/> if all units and quantities are equal, whatever order they were given in.</returns>
    public bool Equals(UsageQuantities? other) => other is not null && Quantities.AsSpan().SequenceEqual(other.Quantities);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UsageQuantities);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var quantity in Quantities)
        {
            hash.Add(quantity);
        }

        return hash.ToHashCode();
    }

    /// <summary>Returns the quantity of a unit that was reported.</summary>
    /// <typeparam name="T">A number that can hold it: <see cref="long"/> is for <see cref="AreCounts"/> alone.</typeparam>
    internal T ValueOf<T>(UsageUnit unit)
        where T : INumber<T>
    {
        var place = PlaceOf(unit);
        return _counts is null ? T.CreateChecked(_all![place].Value) : T.CreateChecked(_counts[place]);
    }

    /// <summary>Returns the quantity of a unit, without its fraction, as far as it fits into 64 bits; <see langword="null"/> when it was not reported.</summary>
    internal long? CountOf(UsageUnit unit) =>
        (Reported & unit.Bit) == 0 ? null
        : _counts is null ? (long)Math.Clamp(ValueOf<decimal>(unit), 0, long.MaxValue)
        : _counts[PlaceOf(unit)];

    private UsageQuantity[] Expand(long[] counts)
    {
        var all = new UsageQuantity[counts.Length];
        for (var (place, rest) = (0, Reported); rest != 0; place++, rest &= rest - 1)
        {
            all[place] = new(UnitRegistry.Default[BitOperations.TrailingZeroCount(rest)].UsageKey, counts[place]);
        }

        return all;
    }

    private static string DescribeUnknown(string usageKey) =>
        $"The usage key \"{usageKey}\" is unknown.{ClosestNames.Suggest(usageKey, UnitRegistry.Default.All.Select(static unit => unit.UsageKey))}";

    // The order of the registry makes the place of a unit a matter of counting bits.
    private int PlaceOf(UsageUnit unit) => BitOperations.PopCount(Reported & (unit.Bit - 1));
}
