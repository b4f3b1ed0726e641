using System.Globalization;

namespace AiObs.Soak.Reckoning;

/// <summary>Is one thing besides the books that has to hold.</summary>
/// <param name="What">What has to hold.</param>
/// <param name="IsMet">Whether it does.</param>
/// <param name="Found">What was found, in words.</param>
internal sealed record Check(string What, bool IsMet, string Found)
{
    /// <summary>Demands an exact amount.</summary>
    public static Check Equal(string what, decimal expected, decimal actual) => new(
        what, expected == actual, string.Create(CultureInfo.InvariantCulture, $"{actual}, expected {expected}"));

    /// <summary>Demands at least an amount.</summary>
    public static Check AtLeast(string what, decimal least, decimal actual) => new(
        what, actual >= least, string.Create(CultureInfo.InvariantCulture, $"{actual}, expected at least {least}"));

    /// <summary>Demands at most an amount.</summary>
    public static Check AtMost(string what, decimal most, decimal actual) => new(
        what, actual <= most, string.Create(CultureInfo.InvariantCulture, $"{actual}, allowed {most}"));
}
