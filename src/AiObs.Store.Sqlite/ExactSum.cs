using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AiObs.Store.Sqlite;

/// <summary>A function that adds up numbers without turning them into binary fractions, which is all that SQLite has. Its result is text.</summary>
/// <remarks>Registered below the driver, which has one state for all uses of a function and does not reset it between groups.</remarks>
internal static class ExactSum
{
    private const string Name = "aiobs_sum";

    /// <summary>Makes the function known to a connection.</summary>
    public static void AddTo(SqliteConnection connection) => raw.sqlite3_create_function(
        connection.Handle, Name, 1, raw.SQLITE_UTF8 | raw.SQLITE_DETERMINISTIC, null, Step, Finish);

    /// <summary>Returns the sum of a column.</summary>
    public static string Sql(string column) => $"{Name}({column})";

    private static void Step(sqlite3_context context, object function, sqlite3_value[] arguments)
    {
        if (raw.sqlite3_value_type(arguments[0]) != raw.SQLITE_NULL)
        {
            var sum = (Sum)(context.state ??= new Sum());
            sum.Add(raw.sqlite3_value_text(arguments[0]).utf8_to_string());
        }
    }

    private static void Finish(sqlite3_context context, object function)
    {
        if (context.state is not Sum sum)
        {
            raw.sqlite3_result_null(context);
        }
        else if (sum.Amount is { } amount)
        {
            raw.sqlite3_result_text(context, amount.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            raw.sqlite3_result_error(context, "An amount is no number, or the sum is larger than a decimal can be.");
        }
    }

    private sealed class Sum
    {
        /// <summary>Gets the sum so far; null once there is none: exceptions must not cross native frames, where they end the process.</summary>
        public decimal? Amount { get; private set; } = 0;

        public void Add(string number)
        {
            if (!decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount))
            {
                Amount = null;
                return;
            }

            try
            {
                Amount += amount;
            }
            catch (OverflowException)
            {
                Amount = null;
            }
        }
    }
}
