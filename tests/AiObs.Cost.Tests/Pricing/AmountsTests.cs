using System.Globalization;
using AiObs.Cost.Pricing;
using AiObs.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace AiObs.Cost.Tests.Pricing;

public sealed class AmountsTests
{
    private static readonly long[] Divisors = [1, 10, 1_000, 1_000_000, 3_600, 7, 1_000_000_000];

    [Theory]
    [InlineData("800", "2.5", 1_000_000, "0.002")]
    [InlineData("2000000", "2.5", 1_000_000, "5")]
    [InlineData("0", "2.5", 1_000_000, "0")]
    [InlineData("12", "0", 1_000_000, "0")]
    [InlineData("0.5", "0.25", 1_000, "0.000125")]
    [InlineData("90", "0.0001", 3_600, "0.0000025")]
    [InlineData("-3", "2", 1_000, "-0.006")]
    [InlineData("18446744073709551615", "1", 1, "18446744073709551615")]
    [InlineData("18446744073709551616", "1", 1_000, "18446744073709551.616")]
    [InlineData("9223372036854775807", "3.00", 1_000_000, "27670116110564.327421")]
    [InlineData("3", "0.0000000000000000000000000001", 1_000_000, "0")]
    [InlineData("1000000", "1.2345678901234567890123", 1_000_000, "1.2345678901234567890123")]
    public void Of_NumbersAtTheEdges_IsTheExactProductWithoutIdleZeros(string quantity, string rate, long per, string expected) => Assert.Equal(
        expected, Amounts.Of(Number(quantity), Number(rate), per).ToString(CultureInfo.InvariantCulture));

    [Fact]
    public void Of_AnyNumbers_IsWhatDecimalsComeTo() => Prop
        .ForAll<long, long, byte>(static (quantity, rate, kind) =>
        {
            var (count, price, per) = (quantity * Scale(kind), rate * Scale(kind / 3) / 1_000_000m, Divisors[kind % Divisors.Length]);

            Assert.Equal(count * price / per, Amounts.Of(count, price, per));
            Assert.Equal(quantity * price / per, Amounts.Of(quantity, price, per));
        })
        .Check(Fuzz.Config());

    [Fact]
    public void Of_AmountThatIsTooLarge_Throws() => Assert.Throws<OverflowException>(static () => Amounts.Of(decimal.MaxValue, 2, 1));

    // A power of ten below one.
    private static decimal Scale(int kind) => new(1, 0, 0, isNegative: false, (byte)(kind % 9));

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
