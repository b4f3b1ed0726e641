using System.Data.Common;
using AiObs.Store.Events;

namespace AiObs.Store.Sql.Facts;

/// <summary>Reads profiles as they stand in their table, and writes new ones.</summary>
internal static class ProfileRows
{
    private const string FindSql = "SELECT version, content, model, ticks FROM aiobs_profiles WHERE tenant = @tenant AND user_id = @user AND version = @version";

    private const string FindLatestSql = "SELECT version, content, model, ticks FROM aiobs_profiles WHERE tenant = @tenant AND user_id = @user ORDER BY version DESC LIMIT 1";

    private const string InsertSql = """
        INSERT INTO aiobs_profiles (tenant, user_id, version, content, model, ticks)
        VALUES (@tenant, @user, (SELECT coalesce(max(version), 0) + 1 FROM aiobs_profiles WHERE tenant = @tenant AND user_id = @user), @content, @model, @ticks)
        """;

    public static async ValueTask<UserProfile?> FindAsync(SqlSession read, string tenant, string userId, int? version, CancellationToken cancellationToken)
    {
        var query = read.Command(version is null ? FindLatestSql : FindSql).Bind("@tenant", tenant).Bind("@user", userId);
        if (version is { } number)
        {
            query.Bind("@version", (long)number);
        }

        return (await query.ReadAllAsync(Read, cancellationToken).ConfigureAwait(false)).SingleOrDefault();
    }

    public static Task InsertAsync(SqlSession write, FactCommit commit, UserProfile profile, CancellationToken cancellationToken) => write.Command(InsertSql)
        .Bind("@tenant", commit.Tenant)
        .Bind("@user", commit.UserId)
        .Bind("@content", StoredText.Of(profile.Text!))
        .Bind("@model", StoredText.OrNull(profile.Model))
        .Bind("@ticks", commit.At.UtcTicks)
        .ExecuteNonQueryAsync(cancellationToken);

    private static UserProfile Read(DbDataReader row) => new()
    {
        Version = checked((int)row.GetInt64(0)),
        Text = row.FindString(1),
        Model = row.FindString(2),
        At = new(row.GetInt64(3), TimeSpan.Zero),
    };
}
