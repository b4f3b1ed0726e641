using System.Text.Json;

namespace AiObs.Store.Sql;

/// <summary>Makes values of what stands in the tables, in which somebody may have put what no log and no store would.</summary>
internal static class OddValues
{
    /// <summary>Reads something.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public static TResult Read<TSource, TResult>(TSource source, Func<TSource, TResult> read)
    {
        try
        {
            return read(source);
        }
        catch (Exception exception) when (IsOfValue(exception))
        {
            throw new StoreException(
                "A row of the database holds a value that is never written there, so it was changed from outside, or by a newer version. Verify the log to see how much was.",
                isTransient: false,
                exception);
        }
    }

    private static bool IsOfValue(Exception exception) => exception
        is InvalidCastException or FormatException or OverflowException or JsonException or ArgumentException or NotSupportedException
        or (InvalidOperationException and not ObjectDisposedException);
}
