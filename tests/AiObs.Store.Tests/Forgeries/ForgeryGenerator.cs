using AiObs.Store.Tests.Databases;

namespace AiObs.Store.Tests.Forgeries;

/// <summary>Makes random forgeries of a log in a database of one kind; the same ones for the same seed.</summary>
internal sealed class ForgeryGenerator(int seed, DatabaseKind kind)
{
    public static readonly IReadOnlyDictionary<string, string[]> Columns = new Dictionary<string, string[]>
    {
        ["aiobs_events"] =
        [
            "position", "id", "writer", "sequence", "ticks", "type", "conversation_id", "user_id", "session_id", "trace_id", "span_id", "data", "commitment", "hash",
        ],
        ["aiobs_event_contents"] = ["position", "content", "salt", "erased_by"],
        ["aiobs_event_writers"] =
        [
            "ordinal", "writer", "opened_ticks", "is_keyed", "predecessor_writer", "predecessor_sequence", "predecessor_hash", "sequence", "hash", "seal", "log_id",
        ],
        ["aiobs_event_checkpoints"] = ["writer", "sequence", "hash", "seal"],
        ["aiobs_costs"] =
        [
            "position", "call_key", "id", "ticks", "conversation_id", "user_id", "session_id", "provider", "model", "is_correction", "completeness",
            "corrected_completeness", "total", "input_tokens", "output_tokens", "record", "salt", "commitment", "sequence", "hash",
        ],
        ["aiobs_cost_tags"] = ["tag", "position"],
        ["aiobs_cost_chain"] =
        [
            "ordinal", "log_id", "is_keyed", "sequence", "hash", "start_position", "dropped_sequence", "dropped_hash", "unsealed", "erased", "erased_hash", "seal",
        ],
    };

    private static readonly string[] Places = ["position", "ordinal", "sequence", "predecessor_sequence", "start_position", "dropped_sequence"];
    private static readonly string[] Numbers = [.. Places, "ticks", "opened_ticks", "is_keyed", "is_correction", "input_tokens", "output_tokens", "unsealed", "erased"];
    private static readonly string[] Ids = ["id", "erased_by", "log_id"];
    private static readonly string[] Hashes = ["hash", "seal", "commitment", "salt", "predecessor_hash", "call_key", "dropped_hash", "erased_hash"];

    private readonly Random _random = new(seed);

    private bool IsSqlite => kind == DatabaseKind.Sqlite;

    public Forgery Next()
    {
        var forgery = One();
        for (var more = _random.Next(4) - 1; more > 0; more--)
        {
            forgery += One();
        }

        return forgery with { IsWithoutRules = _random.Next(3) > 0 };
    }

    private Forgery One() => _random.Next(14) switch
    {
        0 or 1 or 2 => Update(),
        3 => Delete(),
        4 => DeleteTail(),
        5 => Insert(),
        6 => Exchange(),
        7 => CopyOther(),
        8 => PutBack(),
        9 => Retain(),
        10 => Erase(),
        11 => Schema(),
        12 => Costs(),
        _ => Contents(),
    };

    private Forgery Update()
    {
        var table = Any([.. Columns.Keys]);
        var column = Any(Columns[table]);
        return new($"update of {table}.{column}", $"UPDATE {table} SET {column} = {ValueOf(table, column)} WHERE {RowsOf(table)};");
    }

    private Forgery Delete()
    {
        var table = Any([.. Columns.Keys]);
        return new($"delete from {table}", $"DELETE FROM {table} WHERE {RowsOf(table)};" + (Coin() ? Orphans : ""));
    }

    /// <summary>Takes the newest events of a writer, or the newest writers with all of theirs, and mends what tells of them as far as that goes without a key.</summary>
    private Forgery DeleteTail()
    {
        if (Coin())
        {
            var writers = $"(SELECT writer FROM aiobs_event_writers ORDER BY ordinal DESC LIMIT {_random.Next(1, 5)})";
            return new(
                "deletion of the newest writers",
                $"DELETE FROM aiobs_events WHERE writer IN {writers};{(Coin() ? $"DELETE FROM aiobs_event_checkpoints WHERE writer IN {writers};" : "")}DELETE FROM aiobs_event_writers WHERE writer IN {writers};{Orphans}");
        }

        var writer = Writer();
        var mend = _random.Next(3) switch
        {
            0 => "",
            1 => $"UPDATE aiobs_event_writers SET sequence = (SELECT max(e.sequence) FROM aiobs_events e WHERE e.writer = {writer}), hash = (SELECT e.hash FROM aiobs_events e WHERE e.writer = {writer} ORDER BY e.sequence DESC LIMIT 1) WHERE writer = {writer};",
            _ => $"UPDATE aiobs_event_writers SET sequence = o.sequence, hash = o.hash, seal = o.seal FROM old_aiobs_event_writers o WHERE o.writer = aiobs_event_writers.writer AND o.writer = {writer};",
        };
        return new("deletion of a tail", $"DELETE FROM aiobs_events WHERE writer = {writer} AND sequence > {_random.Next(1, 8)};{Orphans}{mend}");
    }

    private Forgery Insert()
    {
        var table = Any([.. Columns.Keys]);
        var changed = Any(Columns[table]);
        var key = Columns[table][0];
        var values = Columns[table].Select(column => column == changed || _random.Next(6) == 0 ? ValueOf(table, column) : column switch
        {
            "position" or "ordinal" => Coin() ? $"(SELECT max({key}) + 1 FROM {table})" : column,
            "sequence" when table != "aiobs_cost_chain" => $"sequence + {_random.Next(3)}",
            "id" or "call_key" => ValueOf(table, column),
            _ => column,
        });
        return new($"insert into {table}", $"INSERT INTO {table} ({string.Join(", ", Columns[table])}) {Overriding(table)} SELECT {string.Join(", ", values)} FROM {table} WHERE {OneRowOf(table)};");
    }

    /// <summary>Exchanges the values of a column between two rows, by way of one that no row has.</summary>
    private Forgery Exchange()
    {
        var (table, column) = Any<(string, string)>(
        [
            ("aiobs_events", "sequence"), ("aiobs_events", "position"), ("aiobs_event_contents", "position"), ("aiobs_event_writers", "ordinal"),
            ("aiobs_costs", "position"), ("aiobs_events", "data"), ("aiobs_events", "conversation_id"), ("aiobs_costs", "total"), ("aiobs_costs", "record"),
        ]);
        var key = Columns[table][0];
        var (one, other) = (_random.Next(1, 26), _random.Next(1, 26));
        var sql = column == key
            ? $"UPDATE {table} SET {key} = 1000 WHERE {key} = {one};UPDATE {table} SET {key} = {one} WHERE {key} = {other};UPDATE {table} SET {key} = {other} WHERE {key} = 1000;"
            : $"UPDATE {table} SET {column} = (SELECT o.{column} FROM {table} o WHERE o.{key} = {other}) WHERE {key} = {one};";
        return new($"exchange of {table}.{column}", sql);
    }

    private Forgery CopyOther()
    {
        if (_random.Next(4) == 0)
        {
            return new("the other log as a whole", Replace("other", [.. LogTemplate.Tables.Where(table => table.Contains("cost", StringComparison.Ordinal) == Coin() || Coin())]));
        }

        var table = Any([.. Columns.Keys]);
        var key = Columns[table][0];
        var columns = string.Join(", ", Columns[table]);
        var values = string.Join(", ", Columns[table].Select(column => column switch
        {
            "position" or "ordinal" => $"{column} + {Any([0, 100])}",
            "writer" when Coin() => Writer(),
            "id" when Coin() => ValueOf(table, column),
            _ => column,
        }));
        var sql = $"INSERT INTO {table} ({columns}) {Overriding(table)} SELECT {values} FROM other_{table} WHERE {key} {Any([">=", "="])} {(key is "writer" or "tag" ? $"(SELECT min({key}) FROM other_{table})" : _random.Next(1, 4))};";
        var all = table == "aiobs_events" && Coin()
            ? "INSERT INTO aiobs_event_writers (" + string.Join(", ", Columns["aiobs_event_writers"]) + $") {Overriding("aiobs_event_writers")} SELECT "
                + string.Join(", ", Columns["aiobs_event_writers"].Select(static column => column == "ordinal" ? "ordinal + 100" : column)) + " FROM other_aiobs_event_writers;"
            : "";
        return new($"copy of the other log's {table}", sql + all);
    }

    private Forgery PutBack() => Coin()
        ? new("an earlier state of everything", Replace("old", LogTemplate.Tables))
        : new("an earlier state of some tables", Replace("old", [.. LogTemplate.Tables.Where(_ => Coin())]));

    /// <summary>Drops events behind a checkpoint as retention does it.</summary>
    private Forgery Retain()
    {
        var writer = Writer();
        var last = _random.Next(1, 8);
        var seal = Any(["hash", "(SELECT seal FROM aiobs_event_checkpoints LIMIT 1)", "(SELECT seal FROM old_aiobs_event_checkpoints LIMIT 1)"]);
        var sql = $"INSERT INTO aiobs_event_checkpoints (writer, sequence, hash, seal) SELECT writer, sequence, hash, {seal} FROM aiobs_events WHERE writer = {writer} AND sequence = {last};"
            + $"DELETE FROM aiobs_events WHERE writer = {writer} AND sequence <= {last};{Orphans}";
        return new("a retention", sql);
    }

    private Forgery Erase()
    {
        var by = Any(["(SELECT max(o.erased_by::text)::uuid FROM aiobs_event_contents o)", "(SELECT id FROM aiobs_events WHERE type = 'content_erased')", Id()]);
        by = IsSqlite ? by.Replace("::text", "", StringComparison.Ordinal).Replace("::uuid", "", StringComparison.Ordinal) : by;
        return new("an erasure", $"UPDATE aiobs_event_contents SET content = NULL, salt = NULL, erased_by = {by} WHERE {RowsOf("aiobs_event_contents")} AND erased_by IS NULL;");
    }

    private Forgery Schema()
    {
        var table = Any([.. Columns.Keys]);
        var column = Any(Columns[table]);
        return Any<Forgery>(
        [
            new($"a table without {column}", $"ALTER TABLE {table} DROP COLUMN {column};"),
            new($"{table} dropped", $"DROP TABLE {table};"),
            new($"{table} emptied", $"DELETE FROM {table};"),
            new($"{table} renamed", $"ALTER TABLE {table} RENAME TO renamed;"),
            new($"a view for {table}", $"ALTER TABLE {table} RENAME TO hidden; CREATE VIEW {table} AS SELECT * FROM hidden WHERE {RowsOf(table)};"),
            new($"{table} without its constraints", $"CREATE TABLE copied AS SELECT * FROM {table}; DROP TABLE {table}; ALTER TABLE copied RENAME TO {table}; INSERT INTO {table} SELECT * FROM {table} WHERE {OneRowOf(table)};"),
            new($"another column of {table}", $"ALTER TABLE {table} ADD COLUMN more text;"),
            new("an index less", "DROP INDEX aiobs_events_type; DROP INDEX aiobs_events_conversation;"),
        ]);
    }

    private Forgery Costs() => Any<Forgery>(
    [
        new("a total", "UPDATE aiobs_costs SET total = '0.01', record = replace(record, '0.25', '0.01') WHERE position = 1;".Replace("'0.01', r", IsSqlite ? "'0.01', r" : "0.01, r", StringComparison.Ordinal)),
        new("a record less", $"DELETE FROM aiobs_costs WHERE position = {_random.Next(1, 5)}; DELETE FROM aiobs_cost_tags WHERE position NOT IN (SELECT position FROM aiobs_costs);"),
        new("a tail less", "DELETE FROM aiobs_costs WHERE position > 2; DELETE FROM aiobs_cost_tags WHERE position > 2; UPDATE aiobs_cost_chain SET sequence = 2, hash = (SELECT hash FROM old_aiobs_cost_chain), seal = (SELECT seal FROM old_aiobs_cost_chain);"),
        new("no seal", "DELETE FROM aiobs_cost_chain;"),
        new("costs as of 0.1.0", "UPDATE aiobs_costs SET sequence = NULL, hash = NULL; UPDATE aiobs_cost_chain SET sequence = 0, unsealed = 4;"),
        new("a retention of costs", $"DELETE FROM aiobs_costs WHERE position < {_random.Next(2, 5)}; DELETE FROM aiobs_cost_tags WHERE position NOT IN (SELECT position FROM aiobs_costs); UPDATE aiobs_cost_chain SET start_position = 3, dropped_sequence = (SELECT min(sequence) - 1 FROM aiobs_costs);"),
        new("ids of a cost", "UPDATE aiobs_costs SET user_id = 'forged', salt = NULL WHERE commitment IS NOT NULL;"),
        new("ids of an erased cost", "UPDATE aiobs_costs SET user_id = 'forged' WHERE commitment IS NOT NULL AND salt IS NULL;"),
        new("all costs gone", "DELETE FROM aiobs_costs; DELETE FROM aiobs_cost_tags; UPDATE aiobs_cost_chain SET sequence = 0, hash = dropped_hash;"),
        new("a tag", "INSERT INTO aiobs_cost_tags (tag, position) SELECT 'c', 1 FROM aiobs_costs WHERE position = 1;"),
        new("a tag of nothing", "INSERT INTO aiobs_cost_tags (tag, position) VALUES ('c', 1000);"),
        new("a tag less", "DELETE FROM aiobs_cost_tags WHERE tag = 'b';"),
        new("another count", "UPDATE aiobs_cost_chain SET sequence = sequence + 1;"),
    ]);

    private Forgery Contents() => Any<Forgery>(
    [
        new("content for an event that had none", $"INSERT INTO aiobs_event_contents (position, content, salt) SELECT e.position, '\"forged\"', c.salt FROM aiobs_events e, aiobs_event_contents c WHERE e.commitment IS NULL AND c.salt IS NOT NULL LIMIT {_random.Next(1, 3)};"),
        new("content for no event", "INSERT INTO aiobs_event_contents (position, content, salt) SELECT 1000, content, salt FROM aiobs_event_contents WHERE salt IS NOT NULL LIMIT 1;"),
        new("erased content put back", "UPDATE aiobs_event_contents SET content = o.content, salt = o.salt, erased_by = NULL FROM old_aiobs_event_contents o WHERE o.position = aiobs_event_contents.position;"),
        new("content without its salt", $"UPDATE aiobs_event_contents SET salt = NULL WHERE {RowsOf("aiobs_event_contents")};"),
        new("content of another event", $"UPDATE aiobs_event_contents SET content = o.content, salt = o.salt FROM aiobs_event_contents o WHERE o.position = {_random.Next(1, 26)} AND {RowsOf("aiobs_event_contents").Replace("position", "aiobs_event_contents.position", StringComparison.Ordinal)};"),
    ]);

    /// <summary>Puts tables in the place of others, with their triggers and constraints still there.</summary>
    private string Replace(string prefix, IReadOnlyList<string> tables) => string.Concat(tables.Select(table =>
    {
        var columns = string.Join(", ", Columns[table]);
        return $"DELETE FROM {table}; INSERT INTO {table} ({columns}) {Overriding(table)} SELECT {columns} FROM {prefix}_{table};";
    }));

    private string Overriding(string table) => IsSqlite || Columns[table][0] is "writer" or "tag" ? "" : "OVERRIDING SYSTEM VALUE";

    private string RowsOf(string table) => Columns[table][0] switch
    {
        "writer" => $"writer = {Writer()}",
        "tag" => "tag = 'a'",
        var key => $"{key} {Any(["=", "=", "=", ">=", "<="])} {_random.Next(1, 26)}",
    };

    private string OneRowOf(string table)
    {
        var key = Columns[table][0];
        return $"{key} = (SELECT {Any(["min", "max"])}({key}) FROM {table})";
    }

    private string ValueOf(string table, string column)
    {
        if (_random.Next(4) == 0)
        {
            // The value of another row, or of another column of the same kind.
            return $"(SELECT o.{column} FROM {Any([table, $"old_{table}", $"other_{table}"])} o ORDER BY o.{Columns[table][0]} {Any(["ASC", "DESC"])} LIMIT 1)";
        }

        if (IsSqlite && _random.Next(4) == 0)
        {
            return Any([$"CAST({column} AS BLOB)", $"CAST({column} AS TEXT)", "x'01'", "1.5", "'abc'", "zeroblob(16)", "NULL", "''"]);
        }

        return column switch
        {
            _ when Places.Contains(column) => Any([$"{column} + {_random.Next(1, 100)}", $"-{column}", "0", "9223372036854775807", $"{_random.Next(1, 30)}"]),
            _ when Numbers.Contains(column) => Any([$"{column} + 1", "0", "1", "-1", "NULL"]),
            _ when Ids.Contains(column) => Any([Id(), "NULL"]),
            _ when Hashes.Contains(column) => Any([Blob(32), Blob(16), "NULL", IsSqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')"]),
            "total" when !IsSqlite => Any(["total + 1", "NULL", "0"]),
            "writer" or "predecessor_writer" => Any([Writer(), "'0123456789abcdef0123456789abcdef'", "'x'"]),
            "data" => Any(["'{}'", "'{'", "replace(data, '1', '2')", "'{\"count\":9}'"]),
            "type" => Any(["'forged'", "'content_erased'", "'retention_applied'", "''"]),
            _ => Any(["'forged'", "NULL", "''", $"{column} || ' '", $"upper({column})"]),
        };
    }

    private string Writer() => $"(SELECT writer FROM aiobs_event_writers ORDER BY ordinal LIMIT 1 OFFSET {_random.Next(4)})";

    private string Id()
    {
        var hex = Hex(16);
        return IsSqlite ? $"x'{hex}'" : $"'{hex}'::uuid";
    }

    private string Blob(int length) => IsSqlite ? $"x'{Hex(length)}'" : $"'\\x{Hex(length)}'::bytea";

    private string Hex(int length)
    {
        var bytes = new byte[length];
        _random.NextBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }

    private bool Coin() => _random.Next(2) == 0;

    private T Any<T>(T[] choices) => choices[_random.Next(choices.Length)];

    private const string Orphans = "DELETE FROM aiobs_event_contents WHERE position NOT IN (SELECT position FROM aiobs_events);";
}
