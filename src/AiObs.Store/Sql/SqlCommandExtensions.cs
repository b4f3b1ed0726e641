using System.Data.Common;

namespace AiObs.Store.Sql;

/// <summary>Gives parameters their values.</summary>
internal static class SqlCommandExtensions
{
    /// <summary>Sets a parameter, which is added the first time.</summary>
    public static DbCommand Bind(this DbCommand command, string name, object? value)
    {
        var index = command.Parameters.IndexOf(name);
        if (index < 0)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            index = command.Parameters.Add(parameter);
        }

        command.Parameters[index].Value = value ?? DBNull.Value;
        return command;
    }
}
