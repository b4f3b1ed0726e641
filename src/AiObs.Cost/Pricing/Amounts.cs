using System.Numerics;

namespace AiObs.Cost.Pricing;

/// <summary>Multiplies quantities by rates, exactly, as decimals do.</summary>
internal static class Amounts
{
    private const int Base = 10;
    private const int MostDigits = 28;
    private const int ScaleBit = 16;

    /// <summary>Returns <paramref name="quantity"/> × <paramref name="rate"/> / <paramref name="per"/>.</summary>
    /// <exception cref="OverflowException">The amount is too large for a decimal.</exception>
    public static decimal Of<T>(T quantity, decimal rate, long per)
        where T : INumber<T> =>
        TryMovePoint(quantity, rate, per, out var amount) ? amount : decimal.CreateChecked(quantity) * rate / per;

    /// <summary>Divides by moving the point, where the divisor is a power of ten and the numbers are not large: to divide decimals takes several times as long.</summary>
    private static bool TryMovePoint<T>(T quantity, decimal rate, long per, out decimal amount)
        where T : INumber<T>
    {
        amount = 0;
        if (!TryUnpack(quantity, out var count, out var scale) || !TryUnpack(rate, out var price, out var rateScale))
        {
            return false;
        }

        var overflow = Math.BigMul(count, price, out var product);
        for (scale += rateScale; per >= Base && per % Base == 0; per /= Base)
        {
            scale++;
        }

        for (; scale > 0 && product / Base * Base == product; scale--)
        {
            product /= Base;
        }

        if (overflow != 0 || per != 1 || scale > MostDigits)
        {
            return false;
        }

        amount = new decimal((int)product, (int)(product >> 32), 0, isNegative: false, (byte)scale);
        return true;
    }

    /// <summary>Unpacks a number that is not negative and fits into 64 bits without its point.</summary>
    private static bool TryUnpack<T>(T value, out ulong digits, out int scale)
        where T : INumber<T>
    {
        if (typeof(T) == typeof(long))
        {
            scale = 0;
            digits = ulong.CreateTruncating(value);
            return !T.IsNegative(value);
        }

        Span<int> parts = stackalloc int[4];
        decimal.GetBits(decimal.CreateChecked(value), parts);
        digits = ((ulong)(uint)parts[1] << 32) | (uint)parts[0];
        scale = parts[3] >> ScaleBit;
        return parts[2] == 0 && scale >= 0;
    }
}
