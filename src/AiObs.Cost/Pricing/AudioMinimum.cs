using AiObs.Cost.Units;

namespace AiObs.Cost.Pricing;

/// <summary>Raises short audio to the length that is billed at least.</summary>
internal static class AudioMinimum
{
    /// <summary>Returns the usage that is billed: any audio counts as <paramref name="minimum"/> seconds at least, all of it input.</summary>
    public static UsageQuantities Apply(decimal minimum, UsageQuantities usage)
    {
        var registry = UnitRegistry.Default;
        var (all, input) = (usage[registry.AudioSeconds], usage[registry.InputAudioSeconds]);
        if ((all is null or 0 ? input ?? all : all) is not { } seconds)
        {
            return usage;
        }

        var billed = seconds > 0 ? Math.Max(seconds, minimum) : seconds;
        return new(
        [
            .. usage.All.Where(quantity => quantity.Unit != registry.AudioSeconds.UsageKey && quantity.Unit != registry.InputAudioSeconds.UsageKey),
            new(registry.AudioSeconds.UsageKey, billed),
            new(registry.InputAudioSeconds.UsageKey, billed),
        ]);
    }
}
