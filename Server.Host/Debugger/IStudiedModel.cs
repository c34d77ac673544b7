using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>A model that is studied.</summary>
internal interface IStudiedModel : IModel
{
    Study Study { get; }
}
